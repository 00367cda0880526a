#include "libcore/encoding/yaml.hpp"

#include <algorithm>

#include "libcore/base/nearest.hpp"
#include "libcore/base/whole.hpp"

namespace carechain::encoding {

void YamlNode::fail(const std::string& what, const std::string& hint) const {
  throw YamlFault(file + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " + what, hint, Exit::no);
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find_if(entries, [key](const auto& entry) { return entry.first.scalar == key; });
  return found == entries.end() ? nullptr : &found->second;
}

const YamlNode& YamlNode::at(std::string_view key) const {
  if (kind != Kind::map) fail("expected keys and values, among them '" + std::string(key) + "'");
  if (const YamlNode* found = find(key)) return *found;
  fail("missing key '" + std::string(key) + "'");
}

std::string YamlNode::text() const {
  if (kind == Kind::null || (kind == Kind::scalar && scalar.empty())) fail("expected a text, found nothing");
  if (kind != Kind::scalar) fail(kind == Kind::list ? "expected a text, found a list" : "expected a text, found a map");
  return scalar;
}

std::uint64_t YamlNode::whole(std::uint64_t low, std::uint64_t high) const {
  const auto number = kind == Kind::scalar && !quoted ? parse_whole<std::uint64_t>(scalar, low, high) : std::nullopt;
  if (!number) fail("expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return *number;
}

void YamlNode::only(std::initializer_list<std::string_view> known) const {
  if (kind != Kind::map) fail("expected keys and values");
  for (const auto& [key, value] : entries) {
    if (std::ranges::find(known, key.scalar) != known.end()) continue;
    const auto meant = nearest(key.scalar, {known.begin(), known.end()});
    key.fail("unknown key '" + key.scalar + "'" + (meant ? " (did you mean '" + *meant + "'?)" : ""));
  }
}

}  // namespace carechain::encoding
