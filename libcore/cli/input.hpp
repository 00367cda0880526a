#pragma once
// Lines from stdin or a file, none longer than a bound: a line of a gigabyte is refused without being read.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcore/store/file.hpp"

namespace carechain::cli {

// A transaction of 1 MiB as base64url, its decoded view, and the keys around them.
inline constexpr std::size_t max_line = std::size_t{4} << 20;

class LineReader {
 public:
  explicit LineReader(store::File file, std::size_t limit = max_line);
  static LineReader open(const std::string& file_or_dash, std::size_t limit = max_line);  // "-" is stdin

  // The next line without its newline (or "\r\n"), valid until the next call; the last may lack one. nullopt: the end.
  // Throws refusal() for a line over the limit, Error when reading fails.
  std::optional<std::string_view> next();
  std::uint64_t line_number() const { return number_; }  // of the line just given, from 1
  const std::string& name() const { return file_.path(); }

  // Everything that has not been given as a line yet, for streams that go on in binary. 0: the end.
  std::size_t read(std::span<std::uint8_t> buffer);

 private:
  bool fill();
  store::File file_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what was not given yet
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

// All of a file or of stdin ("-"), up to limit bytes. Throws Error, refusal() beyond the limit.
std::string read_all(const std::string& file_or_dash, std::size_t limit);

}  // namespace carechain::cli
