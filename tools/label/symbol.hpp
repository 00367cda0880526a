#pragma once
// Symbols and letters as dots, by libzint.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libcore/care/gs1/element_string.hpp"

namespace carechain::label {

struct Dots {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> dark;  // row by row; 1: dark
  bool at(std::size_t x, std::size_t y) const { return x < width && y < height && dark[y * width + x] != 0; }
};

// A dot each module, without the quiet zone. Throw Error: libzint can't.
Dots qr_code(const std::string& text);
Dots gs1_data_matrix(const care::gs1::Elements&);
// A line of letters, `size` times as large as libzint's smallest, without a margin at its sides. What is not in
// Latin-1 becomes '?', what is beyond max_letters is left out.
inline constexpr std::size_t max_letters = 60;
Dots letters(const std::string& utf8, unsigned size);

}  // namespace carechain::label
