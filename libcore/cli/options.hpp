#pragma once
// The options that programs share, and how values are checked. Every number goes through whole(): its complaint
// names the bounds. Nothing here opens a file.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libcore/cli/keys.hpp"
#include "libcore/cli/option_set.hpp"

namespace carechain::cli {

Option add_ledger(OptionSet&, std::string& directory);  // -L/--ledger DIR or CARECHAIN_LEDGER; required
Option add_key(OptionSet&,
               KeyChoice&);  // -k/--key FILE|NAME or CARECHAIN_KEY, required; and its passphrase options
Option add_batch(OptionSet&, std::string& file);  // --batch FILE|-; what is required may then be in its lines

// A complaint says what is allowed.
Check whole(std::uint64_t low, std::uint64_t high);       // inclusive
Check whole_signed(std::int64_t low, std::int64_t high);  // inclusive
Check time_value(bool end = false);                       // parse_time(); bind to Time or optional<Time>
Check one_of(std::vector<std::string> words);             // gives the option its type {a,b}
Check purpose();                                          // one of care::purpose_codes()

// A word for each value of an enum.
template <class Enum>
Check choice(const std::vector<std::pair<std::string, Enum>>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const auto& [word, value] : values) words.push_back(word);
  Check known = one_of(words);
  known.read = [values, read = std::move(known.read)](std::string& text) {
    std::string complaint = read(text);
    for (const auto& [word, value] : values) {
      if (complaint.empty() && word == text) {
        text = std::to_string(static_cast<long long>(value));
        break;
      }
    }
    return complaint;
  };
  return known;
}

}  // namespace carechain::cli
