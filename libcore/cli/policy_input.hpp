#pragma once
// Policies as a user gives them: actors by name, FHIR Consent documents with references into the ledger.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/consent_document.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::cli {

// WHO, or ROLE@ORGANISATION. Throws refusal() with the nearest name.
care::Actor actor_of_who(const std::string& who, const ledger::State&);

// Words for people: "dr-bob clinician@mercy", or "anyone".
std::string display_actors(const care::Policy&, const ledger::State&);
// What it opens: types, codes, labels, records by the beginning of their ids; "not …" for what it forbids.
std::string display_subject(const care::Policy&);
std::string display_purposes(const care::Policy&);

// A Consent document from a file or stdin ("-"). References are did:keys, identifiers (NPI, GLN) of members of the
// ledger, or mapped by words "Organization/f001=mercy". Throws Error.
care::ConsentTerms consent_of_file(const std::string& file_or_dash, const std::vector<std::string>& mapped,
                                   const std::optional<care::RootReading>&, const ledger::Pool&);

}  // namespace carechain::cli
