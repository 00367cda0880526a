#pragma once
// Directory entries as they are written elsewhere: NPPES' CSV layout, FHIR Practitioner, PractitionerRole, Organization
// and Location; and as others read them: Plan-Net-shaped FHIR.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/care/provider/directory.hpp"

namespace carechain::care::provider {

struct SourceEntry {
  RegisterProvider entry;
  std::string where, problem;  // empty problem: there is an entry
};
// `npi_of` says which NPI stands for an identifier in a source (a map of test identifiers); itself when unknown.
using NpiOf = std::function<std::string(const std::string&)>;

// The columns of the NPPES dissemination file that an entry holds, found by their names in the first row.
std::vector<SourceEntry> entries_of_nppes(std::string_view csv, const std::string& file, const std::string& evidence);
// A resource, or a Bundle. Throws JsonFault; refusal() when it is no FHIR document.
std::vector<SourceEntry> entries_of_fhir(std::string_view json, const NpiOf&, const std::string& evidence);

// Practitioner or Organization, its PractitionerRole and Locations, as a collection Bundle on one line.
std::string plan_net(const Provider&);

}  // namespace carechain::care::provider
