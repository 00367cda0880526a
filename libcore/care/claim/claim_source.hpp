#pragma once
// Claims as they are written elsewhere: FHIR R4 Claim, X12 837. What adjudication needs goes into a SubmitClaim; names,
// diagnoses and the provider's own claim number stay where they are, behind a keyed digest.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/care/claim/claim_tables.hpp"
#include "libcore/encoding/cbor.hpp"

namespace carechain::care::claim {

// What identifiers in a source mean on this ledger.
struct Names {
  std::function<PublicKey(const std::string&)> member;      // unknown ones: a keyed pseudonym that matches no coverage
  std::function<std::string(const std::string&)> provider;  // the NPI, or the identifier as it stands
  std::function<PublicKey(const std::string&)> payer;       // empty: the source names none
  std::function<std::optional<ObjectRef>(const std::string&)> claim;  // an authorisation number or original claim
  std::function<DocumentDigest(std::string_view)> digest;
  std::string currency = "USD";  // where the source says nothing
};

struct SourceClaim {
  SubmitClaim claim;
  std::string account;  // the provider's own number of it
};

// A claim that can't even be submitted. what(): "item[2].net.value: more than two decimals". exit() is Exit::no.
class SourceFault : public Error {
 public:
  SourceFault(const std::string& place, const std::string& what) : Error(place + ": " + what, {}, Exit::no) {}
};

// Amounts in cents: "40", "40.5", "40.00"; nullopt: negative, more than two decimals that are not zero, too large.
std::optional<std::int64_t> parse_cents(std::string_view);

// A FHIR document: a Claim, or a Bundle with Claims among its entries. Each yields a claim or the reason why not.
struct SourceResult {
  std::optional<SourceClaim> claim;
  std::string where, problem;  // "Claim/100150"; empty problem: there is a claim
};
// Throws JsonFault; refusal() when it is no FHIR document.
std::vector<SourceResult> claims_of_fhir(std::string_view json, const Names&);

}  // namespace carechain::care::claim
