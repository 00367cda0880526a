#pragma once
// A program's page before it has a format: what it is and every option it declared. --help, the man page and the
// completions are all rendered from this, so that none can lack an option.

#include <string>
#include <string_view>
#include <vector>

#include "libcore/cli/about.hpp"

namespace carechain::cli {

struct OptionDoc {
  std::string short_name, long_name;  // "L", "ledger"; of an operand, long_name is its name
  std::string value;                  // "DIR", "{text,json}", "FILE|NAME"; empty: a flag
  std::string text;
  std::string environment;   // the variable that stands in for it; empty: none
  std::string default_text;  // shown when not empty
  bool required = false, repeatable = false, common = false;
};

struct Page {
  About about;
  std::string prefix;  // put before every program's name
  std::vector<OptionDoc> options, operands;

  std::string name() const { return prefix + std::string(about.name); }
};

std::string render_help(const Page&);  // for a terminal of 80 columns
std::string render_man(const Page&);   // mdoc(7)
std::string render_bash(const Page&);
std::string render_zsh(const Page&);
std::string render_fish(const Page&);

// The type names an option's value may have; completions follow from them. A choice is "{a,b}", alternatives are
// joined with '|'.
bool in_vocabulary(std::string_view value);

// What completes a value. Words are offered beside files, directories or key names.
struct Completion {
  bool files = false, directories = false, key_names = false;
  std::vector<std::string> words;
};
Completion completion_of(std::string_view value);

// Texts of About taken apart. A literal block keeps its lines; a paragraph is joined into one line.
struct TextBlock {
  bool literal = false;
  std::string text;
};
std::vector<TextBlock> text_blocks(std::string_view text);
// A shell session with the prefix put before each program of the catalogue that stands where a command may stand.
std::string with_prefix(std::string_view session, std::string_view prefix);
std::string option_usage(const OptionDoc&);  // "-L, --ledger DIR"

}  // namespace carechain::cli
