#pragma once
// The options that programs share, and how values are checked. Every number goes through whole(), since CLI11 by itself
// reads -1 as 2^64-1 and 010 as 8. Nothing here opens a file.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libcore/base/time.hpp"
#include "libcore/cli/keys.hpp"

namespace carechain {

// How CLI11 stores what time_value() made of a word.
bool lexical_cast(const std::string& seconds, Time& time);

}  // namespace carechain

namespace carechain::cli {

CLI::Option* add_ledger(CLI::App&, std::string& directory);  // -L/--ledger DIR or CARECHAIN_LEDGER; required
CLI::Option* add_key(CLI::App&,
                     KeyChoice&);  // -k/--key FILE|NAME or CARECHAIN_KEY, required; and its passphrase options
CLI::Option* add_batch(CLI::App&, std::string& file);  // --batch FILE|-; what is required may then be in its lines

// Transforms. A complaint says what is allowed.
CLI::Validator whole(std::uint64_t low, std::uint64_t high);       // inclusive
CLI::Validator whole_signed(std::int64_t low, std::int64_t high);  // inclusive
CLI::Validator time_value(bool end = false);                       // parse_time(); bind to Time or optional<Time>
CLI::Validator one_of(std::vector<std::string> words);             // gives the option its type {a,b}

// A word for each value of an enum.
template <class Enum>
CLI::Validator choice(const std::vector<std::pair<std::string, Enum>>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const auto& [word, value] : values) words.push_back(word);
  CLI::Validator known = one_of(words);
  return CLI::Validator(
      [values, known](std::string& text) {
        std::string complaint = known(text);
        for (const auto& [word, value] : values) {
          if (complaint.empty() && word == text) {
            text = std::to_string(static_cast<long long>(value));
            break;
          }
        }
        return complaint;
      },
      known.get_description());
}

}  // namespace carechain::cli
