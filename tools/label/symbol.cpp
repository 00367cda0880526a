#include "tools/label/symbol.hpp"

#include <zint.h>

#include <algorithm>
#include <memory>

#include "libcore/base/error.hpp"

namespace carechain::label {
namespace {

struct Deleter {
  void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};
using Symbol = std::unique_ptr<zint_symbol, Deleter>;

void require(int result, const Symbol& symbol) {
  if (result >= ZINT_ERROR) throw Error("libzint: " + std::string(symbol->errtxt));
}

Symbol encoded(int symbology, int mode, int option_1, const std::string& text) {
  Symbol symbol(ZBarcode_Create());
  if (!symbol) throw Error("libzint: out of memory");
  symbol->symbology = symbology;
  symbol->input_mode = mode;
  symbol->option_1 = option_1;
  symbol->option_3 = symbology == BARCODE_DATAMATRIX ? DM_SQUARE : 0;
  require(
      ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())),
      symbol);
  return symbol;
}

// libzint's picture; '1' is dark there.
Dots picture(const Symbol& symbol) {
  symbol->output_options |= OUT_BUFFER_INTERMEDIATE;
  require(ZBarcode_Buffer(symbol.get(), 0), symbol);
  Dots dots{static_cast<std::size_t>(symbol->bitmap_width), static_cast<std::size_t>(symbol->bitmap_height), {}};
  dots.dark.resize(dots.width * dots.height);
  std::transform(symbol->bitmap, symbol->bitmap + dots.dark.size(), dots.dark.begin(),
                 [](unsigned char dot) { return static_cast<std::uint8_t>(dot == '1'); });
  return dots;
}

Dots modules(const Symbol& symbol) {
  const Dots large = picture(symbol);
  Dots dots{static_cast<std::size_t>(symbol->width), static_cast<std::size_t>(symbol->rows), {}};
  const std::size_t pixels = large.width / dots.width;
  for (std::size_t y = 0; y < dots.height; ++y)
    for (std::size_t x = 0; x < dots.width; ++x) dots.dark.push_back(large.at(x * pixels, y * pixels));
  return dots;
}

Dots cut(const Dots& from, std::size_t left, std::size_t top, std::size_t right, std::size_t bottom) {
  Dots part{right - left, bottom - top, {}};
  for (std::size_t y = top; y < bottom; ++y)
    for (std::size_t x = left; x < right; ++x) part.dark.push_back(from.at(x, y));
  return part;
}

// Each character a byte of UTF-8 or two, so that libzint takes it as Latin-1.
std::string latin_1(const std::string& utf8) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < utf8.size() && count < max_letters; ++count) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    const bool known = (byte >= 0x20 && byte < 0x7f) || byte == 0xc2 || byte == 0xc3;
    text += known ? utf8.substr(i, size) : "?";
    i += size;
  }
  return text;
}

}  // namespace

Dots qr_code(const std::string& text) { return modules(encoded(BARCODE_QRCODE, UNICODE_MODE, 2, text)); }

Dots gs1_data_matrix(const care::gs1::Elements& elements) {
  // No value holds a '[': it isn't in CSET 82.
  std::string text;
  for (const auto& [identifier, value] : elements) text += '[' + identifier + ']' + value;
  return modules(encoded(BARCODE_DATAMATRIX, GS1_MODE | GS1NOCHECK_MODE, 0, text));
}

// libzint draws letters only below bar codes: one long enough is drawn, and cut off.
Dots letters(const std::string& utf8, unsigned size) {
  const Symbol symbol = encoded(BARCODE_CODE128, DATA_MODE, 0, std::string(98, '0'));
  const std::string text = latin_1(utf8);
  std::ranges::copy(text, symbol->text);
  symbol->text[text.size()] = 0;
  symbol->height = 10;
  symbol->scale = static_cast<float>(size);
  const Dots all = picture(symbol);
  const auto row_is = [&](std::size_t y, bool dark) {
    for (std::size_t x = 0; x < all.width; ++x)
      if (all.at(x, y) == dark) return true;
    return false;
  };
  std::size_t top = 0;
  const auto bar = [&](std::size_t y) { return all.at(0, y); };  // the first bar begins at the edge
  while (top < all.height && bar(top)) ++top;
  std::size_t left = all.width, right = 0;
  for (std::size_t y = top; y < all.height; ++y)
    for (std::size_t x = 0; x < all.width; ++x)
      if (all.at(x, y)) {
        left = std::min(left, x);
        right = std::max(right, x + 1);
      }
  return row_is(top, false) && left < right ? cut(all, left, top, right, all.height) : Dots{};
}

}  // namespace carechain::label
