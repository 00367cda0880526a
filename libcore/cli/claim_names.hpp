#pragma once
// The names of a claim's source, resolved for a program: its map, its ledger, its keys.

#include <string>

#include "libcore/care/claim/name_map.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/ledger/ledger.hpp"

namespace carechain::cli {

class ClaimNames {
 public:
  // `payer`: who is asked where neither claim nor map says. Throws Error; refusal() naming an unknown payer or member.
  ClaimNames(const ledger::Ledger&, const OwnKeys&, const std::string& map_file, const std::string& payer);
  const care::claim::Names& names() const { return names_; }

 private:
  PublicKey payer_of(const std::string& identifier);
  PublicKey member_of(const std::string& identifier);
  std::optional<ledger::ObjectRef> claim_of(const std::string& number) const;

  const ledger::Ledger& ledger_;
  SecretKey secret_;
  care::claim::NameMap map_;
  std::map<std::string, PublicKey> payers_, members_;
  PublicKey last_payer_;
  care::claim::Names names_;
};

// A claim by "TX.N" or any unique prefix of at least 8 digits. Throws refusal().
ledger::ObjectRef claim_named(const ledger::Ledger&, const std::string& name);

}  // namespace carechain::cli
