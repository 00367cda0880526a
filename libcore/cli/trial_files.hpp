#pragma once
// Trials as files: registry records, plans, randomisation schedules.

#include <string>

#include "libcore/base/random.hpp"
#include "libcore/care/trial/plan.hpp"

namespace carechain::cli {

// A protocol from a registry record (JSON) or our YAML, completed by a plan (YAML; empty: none). A randomisation
// schedule that the plan names and that doesn't exist yet is made, mode 0600. Throws refusal(), YamlFault, Error.
care::trial::Protocol read_protocol(const std::string& file, const std::string& plan, const ledger::State&,
                                    const Random&);
care::trial::Schedule read_schedule(const std::string& file);
Hash file_digest(const std::string& file);
// Results: JSON, a list of {"outcome":…,"parameter":…,"unit":…,"groups":[{"arm":…,"subjects":…,"value":…}]}.
std::vector<care::trial::OutcomeResult> read_results(const std::string& file);

}  // namespace carechain::cli
