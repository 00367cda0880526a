#include "libcore/cli/options.hpp"

#include <algorithm>

#include "libcore/base/nearest.hpp"
#include "libcore/base/whole.hpp"

namespace carechain {

bool lexical_cast(const std::string& seconds, Time& time) {
  const auto value = parse_whole<std::int64_t>(seconds);
  if (value) time.seconds = *value;
  return value.has_value();
}

}  // namespace carechain

namespace carechain::cli {
namespace {

template <std::integral Int>
CLI::Validator whole_of(Int low, Int high) {
  return CLI::Validator(
      [low, high](std::string& text) -> std::string {
        if (parse_whole<Int>(text, low, high)) return {};
        return "'" + text + "' is not a whole number from " + std::to_string(low) + " to " + std::to_string(high);
      },
      "");
}

}  // namespace

CLI::Option* add_ledger(CLI::App& app, std::string& directory) {
  return app.add_option("-L,--ledger", directory, "the ledger's directory")
      ->type_name("DIR")
      ->envname("CARECHAIN_LEDGER")
      ->required();
}

CLI::Option* add_key(CLI::App& app, KeyChoice& choice) {
  auto* key =
      app.add_option("-k,--key", choice.key, "the key to sign or open with: a file, or a name among the key files")
          ->type_name("FILE|NAME")
          ->envname("CARECHAIN_KEY")
          ->required();
  auto* file =
      app.add_option("--passphrase-file", choice.passphrase_file, "the key's passphrase is this file's first line")
          ->type_name("FILE");
  app.add_option("--passphrase-fd", choice.passphrase_fd, "the key's passphrase is the first line from this descriptor")
      ->type_name("NUMBER")
      ->transform(whole(0, 1 << 20))
      ->excludes(file);
  return key;
}

CLI::Option* add_batch(CLI::App& app, std::string& file) {
  return app
      .add_option("--batch", file, "JSON lines whose keys are the options' names, one operation a line; - is stdin")
      ->type_name("FILE|-");
}

CLI::Validator whole(std::uint64_t low, std::uint64_t high) { return whole_of(low, high); }
CLI::Validator whole_signed(std::int64_t low, std::int64_t high) { return whole_of(low, high); }

CLI::Validator time_value(bool end) {
  return CLI::Validator(
      [end](std::string& text) -> std::string {
        const auto time = parse_time(text, end);
        if (!time) return "'" + text + "' is not a time\nwrite 2026-11-21, or 2026-11-21T07:45:00Z";
        text = std::to_string(time->seconds);
        return {};
      },
      "");
}

CLI::Validator one_of(std::vector<std::string> words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ",") + word;
  return CLI::Validator(
      [words = std::move(words), list](std::string& text) -> std::string {
        if (std::ranges::find(words, text) != words.end()) return {};
        const auto meant = nearest(text, words);
        return "'" + text + "' is none of " + list + (meant ? "\ndid you mean " + *meant + "?" : "");
      },
      '{' + list + '}');
}

}  // namespace carechain::cli
