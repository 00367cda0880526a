#include <algorithm>

#include "libcore/cli/page.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view filled_keys =
    R"(      for file in "${CARECHAIN_KEYS:-$HOME/.config/carechain/keys}/$cur"*.pem; do
        [[ -e $file ]] || continue
        file=${file##*/}
        COMPREPLY+=("${file%.pem}")
      done
)";

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Shell statements that fill COMPREPLY with what completes the value.
std::string fill(std::string_view value) {
  const Completion completion = completion_of(value);
  std::string out;
  if (completion.files || completion.directories) {
    out += "      compopt -o filenames 2>/dev/null\n      mapfile -t COMPREPLY < <(compgen -";
    out += completion.files ? "f" : "d";
    out += " -- \"$cur\")\n";
  }
  if (completion.key_names) out += filled_keys;
  if (!completion.words.empty()) {
    out += "      mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W '" + joined(completion.words) +
           "' -- \"$cur\")\n";
  }
  return out;
}

std::string value_cases(const Page& page) {
  std::string out;
  for (const auto& option : page.options) {
    if (option.value.empty()) continue;
    out += "    " + (option.short_name.empty() ? "" : "-" + option.short_name + '|') + "--" + option.long_name + ")\n";
    out += fill(option.value) + "      return\n      ;;\n";
  }
  return out;
}

std::string option_words(const Page& page) {
  std::vector<std::string> words;
  for (const auto& option : page.options) words.emplace_back("--" + option.long_name);
  return joined(words);
}

}  // namespace

std::string render_bash(const Page& page) {
  std::string function = "_carechain_" + std::string(page.about.name);
  std::ranges::replace(function, '-', '_');
  std::string out = "# bash completion for " + page.name() + "(1), rendered from its options\n";
  out += function + "() {\n" + R"(  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} file
  COMPREPLY=()
  # bash takes "--format=json" for three words
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $prev in
)" + value_cases(page) +
         "  esac\n";
  out += "  case $cur in\n    -*)\n      mapfile -t COMPREPLY < <(compgen -W '" + option_words(page) +
         "' -- \"$cur\")\n      ;;\n    *)\n";
  out += (page.operands.empty() ? "      :\n" : fill(page.operands.back().value) + "      :\n");
  return out + "      ;;\n  esac\n}\ncomplete -F " + function + ' ' + page.name() + '\n';
}

}  // namespace carechain::cli
