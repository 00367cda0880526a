#pragma once
// What the chain may know of a FHIR resource beyond its type: security labels, categories, codes, its own time.

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

// Which of them a custodian puts on the chain. Codes and dates say much about a patient, whoever she is: only on
// demand.
struct FactChoice {
  bool labels = true, categories = true, codes = false, dates = false;
};

// Of one resource, or of a Bundle as far as all of its resources agree: what differs among them is unknown of the
// whole. Empty for what is not JSON of that kind. Never throws.
RecordFacts facts_of_fhir(std::string_view json, const FactChoice&);

}  // namespace carechain::care
