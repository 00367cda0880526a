#pragma once
// YAML documents as people write them, each node with its place, so that a complaint can say line and column.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/error.hpp"

namespace carechain::encoding {

// What is wrong with a document: "genesis.yaml:12:5: unknown key 'sealer' (did you mean 'sealers'?)". exit(): Exit::no.
class YamlFault : public Error {
 public:
  using Error::Error;
};

struct YamlEntry;

// A node of a document. Aliases, merge keys, tags other than the core ones, several documents in one file, duplicate
// keys, depth over 32 and documents over 4 MiB are refused (a few bytes of YAML can unfold to gigabytes), and so are
// bytes that are not UTF-8 and control characters other than tab and line ends. A missing last line end is added.
struct YamlNode {
  enum class Kind { null, scalar, list, map } kind = Kind::null;
  std::string scalar;                // as written, unquoted
  bool quoted = false;               // "007" is text, 007 is not
  std::vector<YamlNode> items;       // list
  std::vector<YamlEntry> entries;    // map, in the order of the document
  std::size_t line = 0, column = 0;  // from 1
  std::string file;                  // for messages; shared by all nodes of a document

  [[noreturn]] void fail(const std::string& what, const std::string& hint = {}) const;  // throws YamlFault at this node

  const YamlNode* find(std::string_view key) const;                  // nullptr: absent
  const YamlNode& at(std::string_view key) const;                    // absent: YamlFault "missing key 'name'"
  std::string text() const;                                          // a scalar, not empty
  std::uint64_t whole(std::uint64_t low, std::uint64_t high) const;  // a plain decimal scalar within bounds
  // A map whose keys are all among `known`; otherwise YamlFault at the key with the nearest known one as a hint.
  void only(std::initializer_list<std::string_view> known) const;
};

struct YamlEntry {
  YamlNode first, second;  // key (a scalar), value
};

// `file` is used in messages only. Throws YamlFault.
YamlNode parse_yaml(std::string_view text, const std::string& file);

}  // namespace carechain::encoding
