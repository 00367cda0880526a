#include "libcore/cli/options.hpp"

#include <algorithm>

#include "libcore/base/nearest.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/care/purpose.hpp"

namespace carechain::cli {
namespace {

template <std::integral Int>
Check whole_of(Int low, Int high) {
  return Check{[low, high](std::string& text) -> std::string {
    if (parse_whole<Int>(text, low, high)) return {};
    return "'" + text + "' is not a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  }};
}

}  // namespace

Option add_ledger(OptionSet& set, std::string& directory) {
  return set.add("-L,--ledger", directory, "the ledger's directory")
      .type_name("DIR")
      .environment("CARECHAIN_LEDGER")
      .required();
}

Option add_key(OptionSet& set, KeyChoice& choice) {
  auto key = set.add("-k,--key", choice.key, "the key to sign or open with: a file, or a name among the key files")
                 .type_name("FILE|NAME")
                 .environment("CARECHAIN_KEY")
                 .required();
  auto file = set.add("--passphrase-file", choice.passphrase_file, "the key's passphrase is this file's first line")
                  .type_name("FILE");
  set.add("--passphrase-fd", choice.passphrase_fd, "the key's passphrase is the first line from this descriptor")
      .type_name("NUMBER")
      .check(whole(0, 1 << 20))
      .excludes(file);
  return key;
}

Option add_batch(OptionSet& set, std::string& file) {
  return set.add("--batch", file, "JSON lines whose keys are the options' names, one operation a line; - is stdin")
      .type_name("FILE|-");
}

Check whole(std::uint64_t low, std::uint64_t high) { return whole_of(low, high); }
Check whole_signed(std::int64_t low, std::int64_t high) { return whole_of(low, high); }

Check time_value(bool end) {
  return Check{[end](std::string& text) -> std::string {
    const auto time = parse_time(text, end);
    if (!time) return "'" + text + "' is not a time\nwrite 2026-11-21, or 2026-11-21T07:45:00Z";
    text = std::to_string(time->seconds);
    return {};
  }};
}

Check one_of(std::vector<std::string> words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ",") + word;
  return Check{[words = std::move(words), list](std::string& text) -> std::string {
                 if (std::ranges::find(words, text) != words.end()) return {};
                 const auto meant = nearest(text, words);
                 return "'" + text + "' is none of " + list + (meant ? "\ndid you mean " + *meant + "?" : "");
               },
               '{' + list + '}'};
}

Check purpose() { return {one_of(care::purpose_codes()).read}; }

}  // namespace carechain::cli
