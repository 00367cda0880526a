#pragma once
// A FHIR R4 Consent document, and the policy it means. Only the rule is taken; what the chain can't express is refused
// by the name of its element, never dropped.
//
// The base rule is policyRule OPTIN or OPTOUT (v3-ActCode). The criteria of a root provision without a type are read
// two ways, also by HL7's own examples: they limit where the base rule holds (consent-example-Out), or they are an
// exception to it (consent-example-notThem). So whoever signs has to say which.

#include <functional>

#include "libcore/care/policy.hpp"
#include "libcore/encoding/cbor.hpp"

namespace carechain::care {

enum class RootReading { base, exception };

// How a Reference is resolved: "Organization/f001", "did:key:…", or the value of an identifier with its system
// (http://hl7.org/fhir/sid/us-npi …). Throws Error saying what to do when it is nobody.
struct ConsentReference {
  std::string reference, identifier_system, identifier_value;
};
struct ConsentResolvers {
  std::function<PublicKey(const ConsentReference&)> account;
  std::function<ObjectRef(const std::string& reference)> record;  // of provision.data
};

struct ConsentTerms {
  Policy policy;
  std::vector<PublicKey> custodians;  // whose records it is about (actors with the role CST); empty: any
  std::vector<std::string> warnings;
};

// Throws refusal() naming the element, such as "provision.provision[2].type".
ConsentTerms read_consent(const encoding::Value& document, const std::optional<RootReading>&, const ConsentResolvers&);

}  // namespace carechain::care
