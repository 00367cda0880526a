#include "libcore/cli/page.hpp"

namespace carechain::cli {
namespace {

// Text inside '[…]' of a specification that stands in single quotes.
std::string zsh_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

std::string action(std::string_view value) {
  const Completion completion = completion_of(value);
  if (completion.key_names) {
    return std::string("{compadd -- ${CARECHAIN_KEYS\\:-$HOME/.config/carechain/keys}/*.pem(N\\:t\\:r)") +
           (completion.files ? "; _files}" : "}");
  }
  if (completion.files) return "_files";
  if (completion.directories) return "_files -/";
  if (completion.words.empty()) return " ";
  std::string words;
  for (const auto& word : completion.words) words += (words.empty() ? "" : " ") + word;
  return '(' + words + ')';
}

std::string option_line(const OptionDoc& option) {
  const std::string rest = '[' + zsh_quoted(option.text) + ']' +
                           (option.value.empty() ? "" : ':' + zsh_quoted(option.value) + ':' + action(option.value)) +
                           "'";
  const std::string longer = "--" + option.long_name + (option.value.empty() ? "" : "=");
  if (option.short_name.empty()) return (option.repeatable ? "'*" : "'") + longer + rest;
  const std::string shorter = '-' + option.short_name + (option.value.empty() ? "" : "+");
  const std::string either = option.repeatable ? "'*'" : "'(-" + option.short_name + " --" + option.long_name + ")'";
  return either + '{' + shorter + ',' + longer + "}'" + rest;
}

}  // namespace

std::string render_zsh(const Page& page) {
  std::string out = "#compdef " + page.name() + "\n# zsh completion for " + page.name() +
                    "(1), rendered from its options\n_arguments -s -S";
  for (const auto& option : page.options) out += " \\\n  " + option_line(option);
  for (const auto& operand : page.operands) {
    out += std::string(" \\\n  '") + (operand.repeatable ? "*" : "") + ":" + zsh_quoted(operand.long_name) + ':' +
           action(operand.value) + "'";
  }
  return out + '\n';
}

}  // namespace carechain::cli
