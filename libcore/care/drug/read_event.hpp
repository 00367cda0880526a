#pragma once
// From an EPCIS document to operations.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/drug/operations.hpp"
#include "libcore/care/drug/tree.hpp"

namespace carechain::care::drug {

// What of an event goes on the chain. Identifiers become paths, terms bare words. The papers of dispensing stay with
// the pharmacy: they may lead to a patient. Throws EpcisFault: malformed, in the words of the standard's fields.
RecordEvent read_event(const Tree&);

struct ReadEvent {
  std::size_t number = 0;  // in the document, from 0
  RecordEvent event;
  std::string fault;  // why it is refused; then `event` means nothing
};
// All events of a document in the order of their instants; of one instant in that of the document. `threads` at once.
std::vector<ReadEvent> read_events(const Document&, unsigned threads);

// The same straight from a document's bytes, JSON or XML; JSON is read by all threads and never held as a whole tree.
// Throws what read_document() throws.
struct ReadDocument {
  std::vector<ReadEvent> events;
  std::string created;  // creationDate; empty: a single event
};
ReadDocument read_document_events(std::string_view bytes, unsigned threads);

}  // namespace carechain::care::drug
