#include "libcore/contract/document.hpp"

namespace carechain::contract {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }
  bool more() const { return at_ < text_.size(); }
  std::vector<std::string> row() {
    std::vector<std::string> cells;
    do cells.push_back(cell());
    while (take(','));
    if (more() && !take('\n') && !(take('\r') && (take('\n') || !more())))
      fail("a quoted cell goes on behind its quote");
    ++line_;
    return cells;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw refusal(file_ + ":" + std::to_string(line_) + ": " + what);
  }
  bool take(char c) {
    if (!more() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string cell() {
    if (take('"')) return quoted();
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    const std::string_view plain = text_.substr(at_, end - at_);
    at_ = end;
    if (plain.find('"') != std::string_view::npos) fail("a quote inside a cell that is not quoted");
    return std::string(plain);
  }
  std::string quoted() {
    std::string content;
    for (;;) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) fail("a quoted cell has no end");
      content += text_.substr(at_, end - at_);
      at_ = end + 1;
      if (!take('"')) return content;
      content += '"';
    }
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

std::vector<std::vector<std::string>> parse_csv(std::string_view text, const std::string& file) {
  Reader reader(text, file);
  std::vector<std::vector<std::string>> rows;
  while (reader.more()) rows.push_back(reader.row());
  return rows;
}

}  // namespace carechain::contract
