#pragma once
// The words of a command line, taken apart before CLI11 sees them: it would read "--from=" as "--from NEXT", eat
// operands after a repeatable option, and split an operand "[a,b]". Here a word means one thing.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class Option;
}

namespace carechain::cli {

class OptionSet;

struct CommandLine {
  std::vector<std::pair<std::string, std::string>> options;  // long name without dashes, value; a flag's is empty
  std::vector<std::string> operands;

  bool has(std::string_view option) const;
  std::string value(std::string_view option) const;  // the last one; empty: not given
};

// Throws misuse(): an unknown option (with the nearest known one as a hint), a value missing or empty or not wanted, an
// option given twice that takes one value, an empty word. Options and operands may be mixed; after "--" all are
// operands.
CommandLine scan(const OptionSet&, const std::vector<std::string>& words);

// Gives the line to the declared options: values are checked and stored, environment variables stand in for what is
// missing. Throws misuse(). Opens nothing.
void parse(OptionSet&, const CommandLine&);

// What an option is, by what was declared.
bool is_operand(const CLI::Option&);
bool is_flag(const CLI::Option&);
bool is_repeatable(const CLI::Option&);
bool is_hidden(const CLI::Option&);
std::string long_name(const CLI::Option&);  // an operand's is its name; throws std::logic_error: it has none

}  // namespace carechain::cli
