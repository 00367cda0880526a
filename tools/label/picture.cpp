#include "tools/label/picture.hpp"

#include <png.h>

#include <algorithm>

#include "libcore/base/error.hpp"

namespace carechain::label {
namespace {

// Where each symbol begins, in modules, and how large they are together.
struct Layout {
  std::vector<std::size_t> left;
  std::size_t width = quiet_zone, height = 0;
};
Layout lay_out(const Picture& picture) {
  Layout layout;
  for (const Dots& symbol : picture.symbols) {
    layout.left.push_back(layout.width);
    layout.width += symbol.width + quiet_zone;
    layout.height = std::max(layout.height, symbol.height + 2 * quiet_zone);
  }
  return layout;
}

bool dark_at(const Picture& picture, const Layout& layout, std::size_t x, std::size_t y) {
  for (std::size_t i = 0; i < picture.symbols.size(); ++i)
    if (x >= layout.left[i] && y >= quiet_zone && picture.symbols[i].at(x - layout.left[i], y - quiet_zone))
      return true;
  return false;
}

void paste(Dots& on, const Dots& dots, std::size_t left, std::size_t top) {
  for (std::size_t y = 0; y < dots.height; ++y)
    for (std::size_t x = 0; x < dots.width; ++x)
      if (dots.at(x, y)) on.dark[(top + y) * on.width + left + x] = 1;
}

Dots draw(const Picture& picture, unsigned pixels) {
  const Layout layout = lay_out(picture);
  const std::size_t margin = quiet_zone * pixels;
  std::vector<Dots> lines;
  Dots whole{layout.width * pixels, layout.height * pixels, {}};
  const std::size_t text_top = whole.height;
  for (const std::string& line : picture.lines) {
    lines.push_back(letters(line, std::max(1u, pixels / 4)));
    whole.width = std::max(whole.width, lines.back().width + 2 * margin);
    whole.height += lines.back().height;
  }
  whole.height += lines.empty() ? 0 : margin;
  whole.dark.resize(whole.width * whole.height);
  for (std::size_t y = 0; y < text_top; ++y)
    for (std::size_t x = 0; x < whole.width; ++x)
      whole.dark[y * whole.width + x] = dark_at(picture, layout, x / pixels, y / pixels);
  std::size_t top = text_top;
  for (const Dots& line : lines) {
    paste(whole, line, margin, top);
    top += line.height;
  }
  return whole;
}

std::string escaped(const std::string& text) {
  std::string made;
  for (const char c : text) {
    if (c == '&')
      made += "&amp;";
    else if (c == '<')
      made += "&lt;";
    else if (c == '>')
      made += "&gt;";
    else
      made += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  }
  return made;
}

}  // namespace

Bytes png(const Picture& picture, unsigned pixels) {
  Dots dots = draw(picture, pixels);
  for (auto& dot : dots.dark) dot = dot != 0 ? 0x00 : 0xff;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.format = PNG_FORMAT_GRAY;
  image.width = static_cast<png_uint_32>(dots.width);
  image.height = static_cast<png_uint_32>(dots.height);
  png_alloc_size_t size = 0;
  Bytes bytes;
  // First only its size.
  if (png_image_write_to_memory(&image, nullptr, &size, 0, dots.dark.data(), 0, nullptr) != 0) bytes.resize(size);
  if (bytes.empty() || png_image_write_to_memory(&image, bytes.data(), &size, 0, dots.dark.data(), 0, nullptr) == 0)
    throw Error("libpng: " + std::string(image.message));
  bytes.resize(size);
  return bytes;
}

std::string svg(const Picture& picture, unsigned pixels) {
  const Layout layout = lay_out(picture);
  std::size_t letters_wide = 0;
  for (const std::string& line : picture.lines) letters_wide = std::max(letters_wide, line.size());
  const std::size_t width = std::max(layout.width, 2 * quiet_zone + 3 * letters_wide);
  const std::size_t height = layout.height + 5 * picture.lines.size() + (picture.lines.empty() ? 0 : quiet_zone);
  const auto number = [](std::size_t n) { return std::to_string(n); };
  std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width * pixels) + "\" height=\"" +
                     number(height * pixels) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\">\n" +
                     "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<path shape-rendering=\"crispEdges\" d=\"";
  for (std::size_t y = 0; y < layout.height; ++y)
    for (std::size_t x = 0; x < layout.width; ++x) {
      const std::size_t begin = x;
      while (dark_at(picture, layout, x, y)) ++x;
      if (x > begin)
        text += "M" + number(begin) + " " + number(y) + "h" + number(x - begin) + "v1H" + number(begin) + "z";
    }
  text += "\"/>\n<g font-family=\"monospace\" font-size=\"4\" xml:space=\"preserve\">\n";
  for (std::size_t i = 0; i < picture.lines.size(); ++i)
    text += "<text x=\"" + number(quiet_zone) + "\" y=\"" + number(layout.height + 5 * i + 3) + "\">" +
            escaped(picture.lines[i]) + "</text>\n";
  return text + "</g>\n</svg>\n";
}

std::vector<std::string> blocks(const Picture& picture, bool paper) {
  const Layout layout = lay_out(picture);
  constexpr const char* halves[] = {" ", "▀", "▄", "█"};
  std::vector<std::string> lines;
  for (std::size_t y = 0; y < layout.height; y += 2) {
    std::string line;
    for (std::size_t x = 0; x < layout.width; ++x) {
      const bool upper = dark_at(picture, layout, x, y) == paper, lower = dark_at(picture, layout, x, y + 1) == paper;
      line += halves[(upper ? 1 : 0) + (lower ? 2 : 0)];
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace carechain::label
