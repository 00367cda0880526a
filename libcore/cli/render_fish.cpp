#include "libcore/cli/page.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view key_names =
    "(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; "
    "for file in $CARECHAIN_KEYS/*.pem; string replace -r \".*/(.*)\\.pem\\$\" \"\\$1\" $file; end)";

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

// What follows "complete -c NAME": files or none, and the words.
std::string words_of(std::string_view value) {
  const Completion completion = completion_of(value);
  std::string out = completion.files ? " -F" : " -f";
  std::string words;
  if (completion.directories && !completion.files) words = "(__fish_complete_directories)";
  if (completion.key_names) words = key_names;
  for (const auto& word : completion.words) words += (words.empty() ? "" : " ") + word;
  if (!words.empty()) out += " -a " + fish_quoted(words);
  return out;
}

}  // namespace

std::string render_fish(const Page& page) {
  std::string out = "# fish completion for " + page.name() + "(1), rendered from its options\n";
  const std::string head = "complete -c " + page.name();
  out += head + (page.operands.empty() ? " -f" : words_of(page.operands.back().value)) + '\n';
  for (const auto& option : page.options) {
    out += head + (option.short_name.empty() ? "" : " -s " + option.short_name) + " -l " + option.long_name;
    if (!option.value.empty()) out += " -r" + words_of(option.value);
    out += " -d " + fish_quoted(option.text) + '\n';
  }
  return out;
}

}  // namespace carechain::cli
