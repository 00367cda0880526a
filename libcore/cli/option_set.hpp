#pragma once
// What a program declares of its command line: options "--name" or "-n,--name" and operands "name", each bound to a
// variable that parse() fills. CLI11 does the work; it stays out of this header, since every source that includes its
// headers compiles most of it anew.

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "libcore/base/time.hpp"
#include "libcore/base/whole.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace carechain::cli {

// How a word is checked.
struct Check {
  // "", or what is wrong with the word ("what", or "what\nhint"). May rewrite the word into what is stored.
  std::function<std::string(std::string& word)> read;
  std::string choices = {};  // "{a,b}", where only these may be given
};

// An option or operand of a set, valid as long as that is.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}

  Option& type_name(const std::string&);  // one of the vocabulary of page.hpp
  Option& check(const Check&);
  Option& required(bool = true);
  Option& excludes(const Option&);
  Option& environment(const std::string& variable);  // stands in where the option is not given
  Option& group(const std::string&);                 // "": hidden

 private:
  CLI::Option* option_;
};

class OptionSet {
 public:
  explicit OptionSet(const std::string& program = "");
  ~OptionSet();
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  // A text, a whole number (with whole()), an enum (with choice()), a Time (with time_value()), or an optional one of
  // these; a vector of them may be given several times. The variable keeps its value where nothing is given; it must
  // outlive the set. A text's type name is TEXT until it is given another; the others have to be given one, or a
  // choice.
  Option add(const std::string& names, std::string& value, const std::string& text = "");
  Option add(const std::string& names, std::vector<std::string>& values, const std::string& text = "");
  template <class Value>
  Option add(const std::string& names, Value& value, const std::string& text = "") {
    return add_word(
        names, [&value](const std::string& word) { return store(word, value); }, text);
  }
  template <class Value>
  Option add(const std::string& names, std::vector<Value>& values, const std::string& text = "") {
    return add_words(
        names,
        [&values](const std::vector<std::string>& words) {
          values.resize(words.size());
          for (std::size_t i = 0; i < words.size(); ++i) {
            if (!store(words[i], values[i])) return false;
          }
          return true;
        },
        text);
  }
  Option add_flag(const std::string& names, bool& value, const std::string& text);

  const CLI::App& app() const { return *app_; }
  CLI::App& app() { return *app_; }

 private:
  // Whether the checked word was one of Value.
  template <class Value>
  requires std::integral<Value> || std::is_enum_v<Value>
  static bool store(const std::string& word, Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      const auto number = parse_whole<long long>(word);
      if (number) value = static_cast<Value>(*number);
      return number.has_value();
    } else {
      const auto number = parse_whole<Value>(word);
      if (number) value = *number;
      return number.has_value();
    }
  }
  static bool store(const std::string& seconds, Time& time) { return store(seconds, time.seconds); }
  template <class Value>
  static bool store(const std::string& word, std::optional<Value>& value) {
    return store(word, value.emplace());
  }

  Option add_word(const std::string& names, std::function<bool(const std::string&)> store, const std::string& text);
  Option add_words(const std::string& names, std::function<bool(const std::vector<std::string>&)> store,
                   const std::string& text);

  std::unique_ptr<CLI::App> app_;
};

}  // namespace carechain::cli
