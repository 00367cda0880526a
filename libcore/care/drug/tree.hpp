#pragma once
// An EPCIS document as a tree, the same whether it came as JSON or as XML: the shape is that of EPCIS 2.0 JSON. Names
// outside the standard are written "{namespace}local".

#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/error.hpp"

namespace carechain::care::drug {

struct Tree {
  enum class Kind { nothing, text, number, truth, object, list };
  std::string name;  // of a member of an object
  Kind kind = Kind::nothing;
  std::string text;         // of a text, a number as written, "true" or "false"
  std::vector<Tree> parts;  // members in their order, items

  const Tree* find(std::string_view member) const;          // nullptr: not an object, or no such member
  std::string_view text_of(std::string_view member) const;  // empty: no such member, or it has no text
};

// What makes a document or an event unacceptable: "eventList[3]: eventTime: …". exit() is Exit::no.
class EpcisFault : public Error {
 public:
  explicit EpcisFault(const std::string& what, const std::string& hint = {}) : Error(what, hint, Exit::no) {}
};

inline constexpr std::size_t max_tree_depth = 32;

// The events of a document, a query document or a single event. Names and CURIEs are expanded by the document's
// @context or xmlns, fields that the document says to ignore are left out. Throws EpcisFault: not JSON or XML, not
// EPCIS, a query without events.
struct Document {
  std::vector<Tree> events;
  std::string created;  // creationDate; empty: a single event
};
Document read_document(std::string_view bytes);  // tells JSON and XML apart by the first character
Document read_json_document(std::string_view);
Document read_xml_document(std::string_view);

}  // namespace carechain::care::drug
