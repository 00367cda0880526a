#include <algorithm>
#include <sstream>

#include "libcore/cli/page.hpp"

namespace carechain::cli {
namespace {

constexpr std::size_t columns = 80, indent = 26;

// `text` from column `at` on, continued under `indent`.
void wrap(std::string& out, std::string_view text, std::size_t at) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(' ', begin), text.size());
    if (at + (end - begin) > columns && at > indent) {
      out += '\n' + std::string(indent, ' ');
      at = indent;
    } else if (begin > 0) {
      out += ' ';
      ++at;
    }
    out += text.substr(begin, end - begin);
    at += end - begin;
    begin = end + 1;
  }
  out += '\n';
}

void entry(std::string& out, const std::string& usage, const std::string& text) {
  out += "  " + usage;
  std::size_t at = usage.size() + 2;
  if (at + 2 > indent) {
    out += '\n';
    at = 0;
  }
  out += std::string(indent - at, ' ');
  wrap(out, text, indent);
}

std::string explained(const OptionDoc& option) {
  std::string text = option.text;
  if (option.repeatable) text += "; may be repeated";
  if (!option.default_text.empty()) text += " (default: " + option.default_text + ")";
  if (!option.environment.empty()) text += " (or $" + option.environment + ")";
  return text;
}

std::string usage_line(const Page& page) {
  std::string line = "Usage: " + page.name();
  for (const auto& option : page.options) {
    if (option.required) line += " --" + option.long_name + ' ' + option.value;
  }
  line += " [OPTION]...";
  for (const auto& operand : page.operands) {
    std::string name = operand.long_name + (operand.repeatable ? "..." : "");
    line += operand.required ? ' ' + name : " [" + name + ']';
  }
  return line + '\n';
}

void section(std::string& out, const Page& page, bool common) {
  const auto belongs = [common](const OptionDoc& option) { return option.common == common; };
  if (std::ranges::none_of(page.options, belongs)) return;
  out += common ? "\nCommon options\n" : "\nOptions\n";
  for (const auto& option : page.options) {
    if (belongs(option)) entry(out, option_usage(option), explained(option));
  }
}

}  // namespace

std::string render_help(const Page& page) {
  std::string out = usage_line(page);
  out += page.name() + ": " + std::string(page.about.summary) + '\n';
  if (!page.operands.empty()) out += "\nOperands\n";
  for (const auto& operand : page.operands) entry(out, operand.long_name, explained(operand));
  section(out, page, false);
  section(out, page, true);
  if (!page.about.examples.empty()) out += "\nExamples\n";
  std::istringstream session(with_prefix(page.about.examples, page.prefix));
  for (std::string line; std::getline(session, line);) out += line.empty() ? "\n" : "  " + line + '\n';
  return out + "\nSee also: man " + page.name() + '\n';
}

}  // namespace carechain::cli
