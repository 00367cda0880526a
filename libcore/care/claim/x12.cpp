#include "libcore/care/claim/x12.hpp"

namespace carechain::care::claim {

std::string_view Segment::part(std::size_t element, std::size_t component_number) const {
  std::string_view rest = at(element);
  for (; component_number > 1; --component_number) {
    const std::size_t end = rest.find(component);
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  return rest.substr(0, rest.find(component));
}

bool SegmentReader::more() {
  constexpr std::size_t piece = std::size_t{256} << 10;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + piece);
  const std::size_t got = read_({reinterpret_cast<std::uint8_t*>(buffer_.data()) + before, piece});
  buffer_.resize(before + got);
  return got > 0;
}

bool SegmentReader::skip_breaks() {
  for (;;) {
    while (at_ < buffer_.size() && (buffer_[at_] == '\n' || buffer_[at_] == '\r' || buffer_[at_] == ' ')) ++at_;
    if (at_ < buffer_.size()) return true;
    if (!more()) return false;
  }
}

// ISA*…*:~ : the element separator stands behind "ISA", component separator and segment end behind the sixteenth.
void SegmentReader::begin_interchange() {
  while (buffer_.size() - at_ < 200 && more()) {
  }
  const std::string_view text = std::string_view(buffer_).substr(at_, 200);
  if (text.size() < 4) throw refusal("segment " + std::to_string(number_ + 1) + " (ISA): the stream ends inside it");
  element_ = text[3];
  std::size_t place = 3;
  for (int element = 1; element < 16 && place != std::string_view::npos; ++element)
    place = text.find(element_, place + 1);
  if (place == std::string_view::npos || place + 2 >= text.size())
    throw refusal("segment " + std::to_string(number_ + 1) + " (ISA): it does not have sixteen elements");
  component_ = text[place + 1];
  end_ = text[place + 2];
}

bool SegmentReader::next(Segment& segment) {
  if (!skip_breaks()) return false;
  if (std::string_view(buffer_).substr(at_).starts_with("ISA")) begin_interchange();
  if (number_ == 0 && !std::string_view(buffer_).substr(at_).starts_with("ISA"))
    throw refusal("segment 1: an interchange begins with ISA");
  std::size_t end = buffer_.find(end_, at_);
  while (end == std::string::npos) {
    const std::string where = "segment " + std::to_string(number_ + 1);
    if (buffer_.size() - at_ > max_segment) throw refusal(where + ": it is over 64 KiB long");
    if (!more()) throw refusal(where + ": the stream ends inside it");
    end = buffer_.find(end_, at_);
  }
  std::string_view text = std::string_view(buffer_).substr(at_, end - at_);
  at_ = end + 1;
  segment.number = ++number_;
  segment.component = component_;
  segment.elements.clear();
  const std::size_t head = text.find(element_);
  segment.id = text.substr(0, head);
  while (head != std::string_view::npos && text.find(element_) != std::string_view::npos) {
    text.remove_prefix(text.find(element_) + 1);
    segment.elements.push_back(text.substr(0, text.find(element_)));
  }
  return true;
}

}  // namespace carechain::care::claim
