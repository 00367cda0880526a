#include "libcore/care/gs1/dictionary.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string_view;

std::vector<string_view> words_between(string_view text, char at) {
  std::vector<string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::size_t number(string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// "[N..12],lint,lint" or "X2"
Component component(string_view text) {
  auto parts = words_between(text, ',');
  string_view type = parts.front();
  Component made{};
  made.optional = type.front() == '[';
  if (made.optional) type = type.substr(1, type.size() - 2);
  made.characters = static_cast<Characters>(type.front());
  const bool variable = type.substr(1).starts_with("..");
  made.most = number(type.substr(variable ? 3 : 1));
  made.least = variable ? 1 : made.most;
  made.linters.assign(parts.begin() + 1, parts.end());
  return made;
}

void add_attribute(Identifier& identifier, string_view text) {
  const auto value = text.substr(std::min(text.find('=') + 1, text.size()));
  if (text.starts_with("req=")) {
    auto& any = identifier.required.emplace_back();
    for (const auto group : words_between(value, ',')) any.push_back(words_between(group, '+'));
  } else if (text.starts_with("ex=")) {
    const auto patterns = words_between(value, ',');
    identifier.excluded.insert(identifier.excluded.end(), patterns.begin(), patterns.end());
  } else if (text.starts_with("dlpkey")) {
    identifier.link_key = true;
    if (text != "dlpkey")
      for (const auto sequence : words_between(value, '|'))
        identifier.qualifiers.push_back(words_between(sequence, ','));
  }
}

Identifier identifier_of(const DictionaryRow& row) {
  Identifier made{};
  const auto range = words_between(row.identifiers, '-');
  made.first = range.front();
  made.last = range.back();
  made.title = row.title;
  made.predefined_length = row.flags.find('*') != string_view::npos;
  made.link_attribute = row.flags.find('?') != string_view::npos;
  for (const auto text : words_between(row.components, ' ')) {
    made.components.push_back(component(text));
    if (!made.components.back().optional) made.least += made.components.back().least;
    made.most += made.components.back().most;
  }
  for (const auto text : words_between(row.attributes, ' ')) add_attribute(made, text);
  return made;
}

// All rows, and which of them the AIs of 2, 3 and 4 digits are.
struct Table {
  std::vector<Identifier> rows;
  std::array<std::vector<const Identifier*>, 5> by_digits;

  Table() {
    for (const DictionaryRow& row : dictionary_rows()) rows.push_back(identifier_of(row));
    std::size_t most = 1;
    for (std::size_t digits = 2; digits <= 4; ++digits) {
      most = digits == 2 ? 100 : most * 10;
      by_digits[digits].resize(most, nullptr);
    }
    for (const Identifier& row : rows)
      for (std::size_t i = number(row.first); i <= number(row.last); ++i) by_digits[row.first.size()][i] = &row;
  }
};

const Table& table() {
  static const Table made;
  return made;
}

}  // namespace

const Identifier* find_identifier(std::string_view digits) {
  if (digits.size() < 2 || digits.size() > 4 || !is_digits(digits)) return nullptr;
  return table().by_digits[digits.size()][number(digits)];
}

const Identifier* identifier_at_start(std::string_view text, std::size_t& digits) {
  for (digits = 2; digits <= 4 && digits <= text.size(); ++digits)
    if (const Identifier* found = find_identifier(text.substr(0, digits))) return found;
  return nullptr;
}

bool matches(std::string_view identifier, std::string_view pattern) {
  return std::ranges::equal(identifier, pattern, [](char c, char p) { return p == 'n' || c == p; });
}

}  // namespace carechain::care::gs1
