#include "libcore/encoding/json_events.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "libcore/encoding/text.hpp"
#include "libcore/encoding/utf8.hpp"

namespace carechain::encoding {
namespace {

[[noreturn]] void refuse_at(std::string_view text, std::size_t offset, const std::string& reason) {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::ranges::count(before, '\n');
  const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  const auto columns = std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; });
  throw JsonFault("line " + std::to_string(lines + 1) + ", column " + std::to_string(columns + 1) + ": " + reason, {},
                  Exit::no);
}

// Counts what the parser has consumed: it reads no further than the brace it reports.
struct Counting {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  const char** reached;

  reference operator*() const { return *at; }
  Counting& operator++() {
    *reached = ++at;
    return *this;
  }
  friend bool operator==(const Counting& a, const Counting& b) { return a.at == b.at; }
};

// The keys of the objects that are open.
class OpenKeys {
 public:
  void open() {
    if (++depth_ > frames_.size()) frames_.emplace_back();
    frames_[depth_ - 1].few.clear();
    frames_[depth_ - 1].many.clear();
  }
  void close() { --depth_; }
  bool add(const std::string& key) {  // false: it was there
    Frame& frame = frames_[depth_ - 1];
    if (std::ranges::find(frame.few, key) != frame.few.end()) return false;
    if (frame.few.size() == few_limit) return frame.many.insert(key).second;
    frame.few.push_back(key);
    return true;
  }

 private:
  static constexpr std::size_t few_limit = 24;  // compared one by one, which is faster than a hash
  struct Frame {
    std::vector<std::string> few;
    std::unordered_set<std::string> many;
  };
  std::vector<Frame> frames_;
  std::size_t depth_ = 0;
};

// What the parser says, without its preamble and without the text it last read, which may be long or secret.
std::string reason_of(std::string_view message) {
  for (const char* start : {"syntax error", "number overflow"})
    if (const auto at = message.find(start); at != message.npos) message.remove_prefix(at);
  const auto read = message.find("; last read: '");
  const auto more = message.rfind("'; expected ");
  std::string reason(message.substr(0, read));
  if (read != message.npos && more != message.npos && more > read) reason += message.substr(more + 1);
  const auto overflow = reason.find(" parsing '");
  return overflow == reason.npos ? reason : reason.substr(0, overflow);
}

// Between nlohmann's parser and our events.
struct Sax {
  std::string_view text;
  JsonEvents& events;
  const char*& reached;
  OpenKeys keys{};
  std::size_t depth = 0;

  std::size_t offset() const { return static_cast<std::size_t>(reached - text.data()); }
  void enter() {
    if (++depth > json_max_depth) events.refuse("nested deeper than " + std::to_string(json_max_depth));
  }
  bool start_object(std::size_t) {
    enter();
    keys.open();
    events.begin_object(offset() - 1);
    return true;
  }
  bool key(std::string& name) {
    if (!keys.add(name)) events.refuse("duplicate key '" + name.substr(0, 80) + "'");
    events.key(name);
    return true;
  }
  bool end_object() {
    --depth;
    keys.close();
    events.end_object(offset());
    return true;
  }
  bool start_array(std::size_t) {
    enter();
    events.begin_array();
    return true;
  }
  bool end_array() {
    --depth;
    events.end_array();
    return true;
  }
  bool null() { return events.null(), true; }
  bool boolean(bool value) { return events.boolean(value), true; }
  bool number_unsigned(std::uint64_t value) { return events.whole(value), true; }
  bool number_integer(std::int64_t value) {
    value < 0 ? events.negative(value) : events.whole(static_cast<std::uint64_t>(value));
    return true;
  }
  bool number_float(double, const std::string& written) { return events.decimal(written), true; }
  bool string(std::string& value) { return events.text(value), true; }
  bool binary(nlohmann::json::binary_t&) { return false; }  // does not occur in text
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& problem) const {
    refuse_at(text, std::min(text.size(), std::max<std::size_t>(position, 1) - 1), reason_of(problem.what()));
  }
};

}  // namespace

void JsonEvents::refuse(const std::string& reason) const {
  const auto consumed = static_cast<std::size_t>(reached_ - text_.data());
  refuse_at(text_, consumed == 0 ? 0 : consumed - 1, reason);
}

void read_json(std::string_view text, JsonEvents& events) {
  events.text_ = text;
  events.reached_ = text.data();
  if (const auto sound = utf8_prefix(view_of(text)); sound != text.size()) refuse_at(text, sound, "not UTF-8");
  const Counting begin{text.data(), &events.reached_};
  const Counting end{text.data() + text.size(), &events.reached_};
  Sax sax{text, events, events.reached_};
  nlohmann::json::sax_parse(begin, end, &sax);
}

}  // namespace carechain::encoding
