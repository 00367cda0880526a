#pragma once
// Large EPCIS documents in JSON, taken apart so that their events can be read by many threads.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/care/drug/tree.hpp"

namespace carechain::care::drug {

// The events of a document, each as the text it stands in; views of the document.
struct JsonEventTexts {
  using Context = std::map<std::string, std::string, std::less<>>;
  std::vector<std::string_view> events;
  Context context;      // prefixes that are declared around them
  std::string created;  // creationDate
  std::size_t depth;    // of what they are inside of
};
// nullopt: it holds no list of events, or is faulty outside of them; read_json_document() says which.
std::optional<JsonEventTexts> split_json_document(std::string_view);
// One of them, the same as read_json_document() gives. Throws EpcisFault: it is no JSON; read_json_document() says
// where.
Tree read_json_event(const JsonEventTexts&, std::size_t number);

}  // namespace carechain::care::drug
