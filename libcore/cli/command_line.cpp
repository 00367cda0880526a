#include "libcore/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <stdexcept>

#include "libcore/base/error.hpp"
#include "libcore/base/nearest.hpp"
#include "libcore/cli/option_set.hpp"

namespace carechain::cli {
namespace {

const CLI::Option* find_long(const CLI::App& app, const std::string& name) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->check_lname(name)) return option;
  }
  return nullptr;
}

const CLI::Option* find_short(const CLI::App& app, char name) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->check_sname(std::string(1, name))) return option;
  }
  return nullptr;
}

Error unknown_option(const CLI::App& app, const std::string& dashed) {
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    if (!is_operand(*option) && !is_hidden(*option)) known.emplace_back("--" + long_name(*option));
  }
  const auto meant = nearest(dashed, known);
  return misuse("unknown option " + dashed,
                meant ? "did you mean " + *meant + "?" : "see " + app.get_name() + " --help");
}

class Scanner {
 public:
  Scanner(const CLI::App& app, const std::vector<std::string>& words) : app_(app), words_(words) {}

  CommandLine run() {
    while (at_ < words_.size()) {
      const std::string& word = words_[at_++];
      if (word.empty()) throw misuse("an empty word among the operands", "an unset variable, perhaps?");
      if (only_operands_ || word == "-" || word.front() != '-') {
        line_.operands.push_back(word);
      } else if (word == "--") {
        only_operands_ = true;
      } else if (word.starts_with("--")) {
        long_word(word);
      } else {
        short_word(word);
      }
    }
    return std::move(line_);
  }

 private:
  void long_word(const std::string& word) {
    const auto equals = word.find('=');
    const std::string dashed = word.substr(0, equals);
    const CLI::Option* option = find_long(app_, dashed.substr(2));
    if (option == nullptr) throw unknown_option(app_, dashed);
    if (is_flag(*option)) {
      if (equals != std::string::npos) throw misuse(dashed + " takes no value");
      add(*option, "");
    } else {
      add(*option, equals != std::string::npos ? word.substr(equals + 1) : next_word(dashed));
    }
  }

  void short_word(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::string dashed{'-', word[i]};
      const CLI::Option* option = find_short(app_, word[i]);
      if (option == nullptr) throw unknown_option(app_, word.size() > 2 && i == 1 ? word : dashed);
      if (!is_flag(*option)) return add(*option, i + 1 < word.size() ? word.substr(i + 1) : next_word(dashed));
      add(*option, "");
    }
  }

  // A known option in the place of a value is a forgotten value; "-" and negative numbers are values.
  std::string next_word(const std::string& dashed) {
    const bool there = at_ < words_.size();
    if (there && words_[at_].starts_with("--") && find_long(app_, words_[at_].substr(2)) != nullptr) {
      throw misuse(dashed + " needs a value, not " + words_[at_]);
    }
    if (!there) throw misuse(dashed + " needs a value");
    return words_[at_++];
  }

  void add(const CLI::Option& option, std::string value) {
    const std::string name = long_name(option);
    if (!is_flag(option) && value.empty()) throw misuse("--" + name + " needs a value, and was given an empty one");
    if (!is_flag(option) && !is_repeatable(option) && line_.has(name)) throw misuse("--" + name + " is given twice");
    line_.options.emplace_back(name, std::move(value));
  }

  const CLI::App& app_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  bool only_operands_ = false;
  CommandLine line_;
};

// CLI11 takes an operand "[a,b]" apart; a mark in front, taken off by a transform, keeps it whole.
constexpr char mark = '\x01';

void harden(CLI::App& app) {
  for (CLI::Option* option : app.get_options([](CLI::Option*) { return true; })) {
    if (!is_operand(*option)) {
      option->allow_extra_args(false);
    } else {
      option->transform([](const std::string& text) { return text.starts_with(mark) ? text.substr(1) : text; });
    }
  }
}

// Reversed, as CLI11 wants them.
std::vector<std::string> canonical_words(const CLI::App& app, const CommandLine& line) {
  std::vector<std::string> words;
  for (const auto& [name, value] : line.options) {
    const CLI::Option* option = find_long(app, name);
    if (option == nullptr) throw unknown_option(app, "--" + name);
    words.push_back(is_flag(*option) ? "--" + name : "--" + name + '=' + value);
  }
  if (!line.operands.empty()) words.emplace_back("--");
  for (const auto& operand : line.operands) words.push_back(std::string(1, mark).append(operand));
  std::ranges::reverse(words);
  return words;
}

std::size_t operand_limit(const CLI::App& app) {
  std::size_t limit = 0;
  for (const CLI::Option* option : app.get_options()) {
    if (!is_operand(*option)) continue;
    if (is_repeatable(*option)) return static_cast<std::size_t>(-1);
    ++limit;
  }
  return limit;
}

// A complaint of CLI11 or of a validator ("what", or "what\nhint") in our words.
Error complaint(const std::string& what) {
  const auto end = what.find('\n');
  std::string first = what.substr(0, end);
  if (!first.empty()) first.front() = static_cast<char>(std::tolower(first.front()));
  return misuse(first, end == std::string::npos ? "" : what.substr(end + 1));
}

}  // namespace

bool CommandLine::has(std::string_view option) const {
  return std::ranges::any_of(options, [option](const auto& given) { return given.first == option; });
}

std::string CommandLine::value(std::string_view option) const {
  std::string last;
  for (const auto& [name, value] : options) {
    if (name == option) last = value;
  }
  return last;
}

bool is_operand(const CLI::Option& option) { return option.get_positional(); }
bool is_flag(const CLI::Option& option) { return !is_operand(option) && option.get_items_expected_max() == 0; }
bool is_repeatable(const CLI::Option& option) { return option.get_items_expected_max() > 1; }
bool is_hidden(const CLI::Option& option) { return option.get_group().empty(); }

std::string long_name(const CLI::Option& option) {
  if (is_operand(option)) return option.get_name(true);
  if (option.get_lnames().empty()) throw std::logic_error("option " + option.get_name() + " has no long name");
  return option.get_lnames().front();
}

CommandLine scan(const OptionSet& set, const std::vector<std::string>& words) {
  return Scanner(set.app(), words).run();
}

void parse(OptionSet& set, const CommandLine& line) {
  CLI::App& app = set.app();
  if (const std::size_t limit = operand_limit(app); line.operands.size() > limit) {
    throw misuse("unexpected operand '" + line.operands[limit] + "'", "see " + app.get_name() + " --help");
  }
  harden(app);
  try {
    app.parse(canonical_words(app, line));
  } catch (const CLI::RequiredError& error) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_name() + " is required" != error.what() || option->get_envname().empty()) continue;
      throw misuse(error.what(), "give " + option->get_name() + ", or set " + option->get_envname());
    }
    throw misuse(error.what(), "see " + app.get_name() + " --help");
  } catch (const CLI::ParseError& error) {
    throw complaint(error.what());
  }
}

}  // namespace carechain::cli
