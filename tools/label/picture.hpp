#pragma once
// A label as a picture: its symbols side by side with their quiet zones, letters below.

#include <string>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "tools/label/symbol.hpp"

namespace carechain::label {

inline constexpr std::size_t quiet_zone = 4;  // modules; a QR code needs 4, a DataMatrix 1

struct Picture {
  std::vector<Dots> symbols;
  std::vector<std::string> lines;  // UTF-8
};

Bytes png(const Picture&, unsigned pixels);        // for a module; 8 bits of grey
std::string svg(const Picture&, unsigned pixels);  // letters as text
// Two modules a character, in half blocks. Light ones are what is drawn, since letters are light on most terminals;
// with `paper` dark ones are.
std::vector<std::string> blocks(const Picture&, bool paper);

}  // namespace carechain::label
