#include "libcore/cli/batch.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "libcore/base/nearest.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::cli {
namespace {

using encoding::Value;

constexpr std::array<std::string_view, 7> only_on_the_command_line{"batch",         "format",          "key",  "ledger",
                                                                   "passphrase-fd", "passphrase-file", "quiet"};

const CLI::Option& option_of(const CLI::App& app, const std::string& key) {
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    if (is_hidden(*option)) continue;
    if (long_name(*option) == key) return *option;
    known.push_back(long_name(*option));
  }
  const auto meant = nearest(key, known);
  throw misuse("unknown key '" + key + "'", meant ? "did you mean '" + *meant + "'?" : "");
}

// A text or a whole number, as the command line would have it.
std::string word_of(const std::string& key, const Value& value) {
  std::string word;
  if (const auto* text = std::get_if<std::string>(&value)) {
    word = *text;
  } else if (std::holds_alternative<std::uint64_t>(value) || std::holds_alternative<std::int64_t>(value)) {
    word = encoding::to_json(value);
  } else {
    throw misuse("'" + key + "' wants a text or a whole number");
  }
  if (word.empty()) throw misuse("'" + key + "' is empty");
  if (word.find('\0') != std::string::npos) throw misuse("'" + key + "' holds a zero byte");
  return word;
}

std::vector<std::string> words_of(const std::string& key, const CLI::Option& option, const Value& value) {
  const auto* list = std::get_if<encoding::Array>(&value);
  if (list == nullptr) return {word_of(key, value)};
  if (!is_repeatable(option)) throw misuse("'" + key + "' wants one value, not a list");
  std::vector<std::string> words;
  for (const Value& item : *list) words.push_back(word_of(key, item));
  return words;
}

// A flag is given or not; anything else has one or more words.
void add_option(CommandLine& line, const std::string& key, const CLI::Option& option, const Value& value) {
  if (!is_flag(option)) {
    for (auto& word : words_of(key, option, value)) line.options.emplace_back(key, std::move(word));
    return;
  }
  const auto* given = std::get_if<bool>(&value);
  if (given == nullptr) throw misuse("'" + key + "' wants true or false");
  if (*given) line.options.emplace_back(key, "");
}

// Operands by name, in the order of their declaration, whatever the order of the keys.
void add_operands(CommandLine& line, const CLI::App& app, const Value& object) {
  std::string missing;
  for (const CLI::Option* option : app.get_options()) {
    if (!is_operand(*option)) continue;
    const std::string key = long_name(*option);
    const Value* value = object.find(key);
    if (value == nullptr) {
      missing = key;
      continue;
    }
    if (!missing.empty()) throw misuse("'" + key + "' without '" + missing + "'");
    for (auto& word : words_of(key, *option, *value)) line.operands.push_back(std::move(word));
  }
}

bool belongs_on_the_command_line(std::string_view key) {
  return std::ranges::find(only_on_the_command_line, key) != only_on_the_command_line.end();
}

CommandLine line_of(const CLI::App& app, std::string_view text) {
  const Value object = encoding::parse_json(text);
  const auto* members = std::get_if<encoding::Map>(&object);
  if (members == nullptr) throw misuse("not a JSON object");
  CommandLine line;
  for (const auto& [key, value] : *members) {
    if (belongs_on_the_command_line(key)) throw misuse("'" + key + "' belongs on the command line");
    const CLI::Option& option = option_of(app, key);
    if (!is_operand(option)) add_option(line, key, option, value);
  }
  add_operands(line, app, object);
  return line;
}

// What the command line gives, but for what the line says itself.
void inherit(CommandLine& line, const CommandLine& common) {
  const CommandLine own = line;
  for (const auto& given : common.options) {
    if (!own.has(given.first)) line.options.push_back(given);
  }
  if (line.operands.empty()) line.operands = common.operands;
}

}  // namespace

BatchReader::BatchReader(const std::string& file_or_dash, const Output& out)
    : lines_(LineReader::open(file_or_dash, max_batch_line)), common_(out.command_line()) {
  constexpr std::array<std::string_view, 3> frame{"batch", "format", "quiet"};
  std::erase_if(common_.options, [&](const auto& given) {
    return std::ranges::find(frame, std::string_view(given.first)) != frame.end();
  });
}

std::optional<std::string_view> BatchReader::next_line() try {
  auto text = lines_.next();
  while (text && text->empty()) text = lines_.next();
  return text;
} catch (const Error& error) {
  // A line that is refused for its length is a command line that makes no sense.
  throw Error(error.what(), error.hint(), error.exit() == Exit::no ? Exit::usage : error.exit());
}

bool BatchReader::next(const std::function<void(OptionSet&)>& declare) {
  const auto text = next_line();
  if (!text) return false;
  OptionSet set;
  declare(set);
  try {
    CommandLine line = line_of(set.app(), *text);
    inherit(line, common_);
    parse(set, line);
  } catch (const Error& error) {
    throw misuse(lines_.name() + ", line " + std::to_string(lines_.line_number()) + ": " + error.what(), error.hint());
  }
  return true;
}

}  // namespace carechain::cli
