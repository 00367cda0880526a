#pragma once
// Where all of a lot or recall is, and every flag there is, as trace-drug prints them.

#include "libcore/care/drug/recall_report.hpp"
#include "libcore/cli/drug_teller.hpp"

namespace carechain::cli {

// One line of this type and id, or a table. Exit::no: the units don't add up.
Exit tell_report(const DrugTeller&, const care::drug::LotReport&, const std::string& type, const std::string& id);
Exit tell_flags(const DrugTeller&);  // for an auditor: all of them, by thing

}  // namespace carechain::cli
