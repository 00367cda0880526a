#include "libcore/care/drug/tree.hpp"

namespace carechain::care::drug {

const Tree* Tree::find(std::string_view member) const {
  if (kind != Kind::object) return nullptr;
  for (const Tree& part : parts)
    if (part.name == member) return &part;
  return nullptr;
}

std::string_view Tree::text_of(std::string_view member) const {
  const Tree* found = find(member);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

Document read_document(std::string_view bytes) {
  std::string_view rest = bytes;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  const std::size_t first = rest.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) throw EpcisFault("the document is empty");
  return rest[first] == '<' ? read_xml_document(rest) : read_json_document(rest);
}

}  // namespace carechain::care::drug
