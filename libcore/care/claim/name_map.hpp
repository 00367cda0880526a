#pragma once
// What the identifiers of claims mean on a ledger: a YAML (or JSON) file that a provider keeps.
//
//   payer: acme-health            # who is asked where a claim does not say, or says what is not listed
//   payers: {Organization/2: acme-health}
//   members: {urn:uuid:0b8d…: did:key:z6Mk…, JS00111223333: shameka}   # did:key, or a patient's key file
//   providers: {"530": "1234567893", urn:uuid:465d…: "1993999998"}     # NPI
//   currency: USD

#include <map>
#include <string>

#include "libcore/base/secret.hpp"
#include "libcore/care/claim/claim_source.hpp"

namespace carechain::care::claim {

struct NameMap {
  std::string payer, currency = "USD";
  std::map<std::string, std::string, std::less<>> payers, members, providers;
};
NameMap read_name_map(std::string_view yaml, const std::string& file);  // throws YamlFault

// `secret` makes the pseudonyms of members that are not listed, and the digests of documents.
// A pseudonym is 32 bytes that nobody holds a key for; the same identifier always has the same one.
PublicKey pseudonym(const SecretKey& secret, std::string_view identifier);
DocumentDigest document_digest(const SecretKey& secret, std::string_view document);

}  // namespace carechain::care::claim
