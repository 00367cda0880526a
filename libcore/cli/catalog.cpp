#include "libcore/cli/catalog.hpp"

#include <algorithm>
#include <array>

#ifndef CARECHAIN_VERSION
#define CARECHAIN_VERSION "unknown"
#endif
#ifndef CARECHAIN_PROGRAM_PREFIX
#define CARECHAIN_PROGRAM_PREFIX ""
#endif

namespace carechain::cli {
namespace {

constexpr std::array programs{
    CatalogRow{"keygen", "identities", "make a key, or show a key's public name"},
    CatalogRow{"enroll-identity", "identities", "put an institution, a professional or a patient on the ledger"},
    CatalogRow{"rotate-key", "identities", "replace a key by a new one without losing access"},
    CatalogRow{"put-record", "records", "encrypt and store a patient's record and note it on the ledger"},
    CatalogRow{"grant", "records", "let somebody read records"},
    CatalogRow{"revoke", "records", "take a permission back"},
    CatalogRow{"request-access", "records", "sign a request to read records"},
    CatalogRow{"release-record", "records", "decide on requests and release what is permitted"},
    CatalogRow{"open-record", "records", "decrypt records that were released"},
    CatalogRow{"access-log", "records", "show who asked for a patient's records, and what was decided"},
    CatalogRow{"explain-access", "records", "say whether a request would be permitted, and why"},
    CatalogRow{"review-access", "records", "review emergency access"},
    CatalogRow{"erase-key", "records", "destroy a patient's or a record's keys and certify it"},
    CatalogRow{"verify-erasure", "records", "check a certificate of erasure"},
    CatalogRow{"legal-hold", "records", "forbid erasure for a time, or end that"},
    CatalogRow{"register-copy", "records", "say who holds a copy of a vault's keys, or that it is destroyed"},
    CatalogRow{"make-label", "drugs", "draw the label of a unit, case or lot"},
    CatalogRow{"register-product", "drugs", "put products, and whose company prefixes are whose, on the ledger"},
    CatalogRow{"capture-events", "drugs", "put the events of EPCIS documents on the ledger"},
    CatalogRow{"move-drug", "drugs", "say what happens to units, cases and pallets"},
    CatalogRow{"trace-drug", "drugs", "show where a unit, case, pallet or lot has been, and what is wrong"},
    CatalogRow{"verify-drug", "drugs", "answer whether a unit is what its label says"},
    CatalogRow{"reconcile-stock", "drugs", "compare scanned stock with the ledger"},
    CatalogRow{"recall-drug", "drugs", "recall a lot, a range of serials or a product"},
    CatalogRow{"enroll-coverage", "claims", "enrol a member in a plan, as the payer"},
    CatalogRow{"check-eligibility", "claims", "is a member covered on a day, and what is left of the deductible"},
    CatalogRow{"submit-claim", "claims", "submit claims to a payer; the plan decides when they are sealed"},
    CatalogRow{"show-claim", "claims", "show what was decided about claims"},
    CatalogRow{"review-claim", "claims", "decide a pended claim or an appeal, as a person of the payer"},
    CatalogRow{"appeal-claim", "claims", "appeal against the decision of a claim, or answer what its payer asks"},
    CatalogRow{"reverse-claim", "claims", "take a claim's decision back"},
    CatalogRow{"instruct-payment", "claims", "sign the instructions to pay what contracts decided"},
    CatalogRow{"export-remittance", "claims", "tell providers what was decided, as X12 835"},
    CatalogRow{"register-provider", "directory", "add to a provider's entry in the directory"},
    CatalogRow{"attest-provider", "directory", "stand behind a directory entry, or dispute it"},
    CatalogRow{"find-provider", "directory", "look a provider up: name, specialty, place, network"},
    CatalogRow{"check-contract", "contracts", "check a contract document, and try it on an input"},
    CatalogRow{"deploy-contract", "contracts", "put a contract into force"},
    CatalogRow{"trial-register", "trials", "register a trial before it begins"},
    CatalogRow{"trial-amend", "trials", "register a new version of a trial's protocol"},
    CatalogRow{"trial-event", "trials", "record consents, visits, adverse events and whatever else happens in a trial"},
    CatalogRow{"trial-boundary", "trials", "compute when a trial has to stop for its side effects"},
    CatalogRow{"trial-publish", "trials", "publish a trial's results, or say what is missing"},
    CatalogRow{"trial-pay", "trials", "acknowledge that subjects were paid"},
    CatalogRow{"show-trial", "trials", "show how a trial stands"},
    CatalogRow{"init-ledger", "ledger", "found a ledger from its constitution"},
    CatalogRow{"govern-ledger", "ledger", "sign a change of sealers or rules, as one of the quorum"},
    CatalogRow{"submit-tx", "ledger", "put signed transactions into the pending pool"},
    CatalogRow{"mine", "ledger", "seal pending transactions into a block"},
    CatalogRow{"show-tx", "ledger", "show a transaction and what became of it"},
    CatalogRow{"list", "ledger", "list what a ledger holds"},
    CatalogRow{"show-chain", "ledger", "show the blocks of a chain"},
    CatalogRow{"verify-chain", "ledger", "check a chain from its first block to its head"},
    CatalogRow{"rebuild-index", "ledger", "build the index anew from the blocks"},
    CatalogRow{"request-blocks", "ledger", "say which blocks this copy has, for another to send the rest"},
    CatalogRow{"send-blocks", "ledger", "send the blocks that another copy lacks"},
    CatalogRow{"adopt-blocks", "ledger", "take in the blocks of another copy of the ledger"},
    CatalogRow{"carechain", "all of them", "list the programs, or run one"},
};

}  // namespace

std::span<const CatalogRow> catalog() { return programs; }

const CatalogRow* find_program(std::string_view name) {
  const auto* row = std::ranges::find(programs, name, &CatalogRow::name);
  return row == programs.end() ? nullptr : row;
}

std::string_view version() { return CARECHAIN_VERSION; }
std::string_view program_prefix() { return CARECHAIN_PROGRAM_PREFIX; }

}  // namespace carechain::cli
