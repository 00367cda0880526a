#pragma once
// GS1 application identifiers (AIs): what each may hold, and which belong together. The table is GS1's own Barcode
// Syntax Dictionary; its grammar is described there.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace carechain::care::gs1 {

// A row as the dictionary has it: "3100-3105", "*?", "N6", "req=01,02 ex=310n", "NET WEIGHT (kg)".
struct DictionaryRow {
  std::string_view identifiers, flags, components, attributes, title;
};
std::span<const DictionaryRow> dictionary_rows();

enum class Characters : char { digits = 'N', cset82 = 'X', cset39 = 'Y', cset64 = 'Z' };

struct Component {
  Characters characters;
  std::size_t least, most;  // characters
  bool optional;
  std::vector<std::string_view> linters;
};

struct Identifier {
  std::string_view first, last;  // "3100", "3105"; the same of a single one
  std::string_view title;
  bool predefined_length;  // no FNC1 behind it
  bool link_attribute;     // may stand in the query of a Digital Link
  std::vector<Component> components;
  std::size_t least, most;                                           // characters of all components
  std::vector<std::vector<std::vector<std::string_view>>> required;  // all of: one of: all of these patterns
  std::vector<std::string_view> excluded;                            // patterns; an n is any digit
  bool link_key;                                                     // may be the key of a Digital Link
  std::vector<std::vector<std::string_view>> qualifiers;  // of that key: sequences, of which one is used, in order
};

const Identifier* find_identifier(std::string_view digits);  // exactly that AI; nullptr: unknown
// The AI that a string of digits and data begins with, and how many digits it has; nullptr: none is known.
const Identifier* identifier_at_start(std::string_view text, std::size_t& digits);
bool matches(std::string_view identifier, std::string_view pattern);  // "31nn": any digit where the n are

}  // namespace carechain::care::gs1
