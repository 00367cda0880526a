#pragma once
// Events as EPCIS 2.0 JSON, from what of them is on the chain: ILMD beyond lot and dates, sensor data and extensions
// stay in the documents.

#include <string>
#include <vector>

#include "libcore/care/drug/operations.hpp"

namespace carechain::care::drug {

// One event. `recorded`: its own hash goes in as eventID.
std::string epcis_json(const RecordEvent&, bool recorded);
// A query document (SimpleEventQuery) with these events, in their order.
std::string epcis_query_document(const std::vector<RecordEvent>&, const std::string& created);
// The hash that the event has as EPCIS JSON; for events that were not read from a document.
Hash hash_as_json(const RecordEvent&);

}  // namespace carechain::care::drug
