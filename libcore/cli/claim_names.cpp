#include "libcore/cli/claim_names.hpp"

#include "libcore/base/whole.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {

ClaimNames::ClaimNames(const ledger::Ledger& ledger, const OwnKeys& keys, const std::string& map_file,
                       const std::string& payer)
    : ledger_(ledger), secret_(crypto::hkdf_key(keys.seeds.front().view(), {}, view_of("carechain/claims/1"))) {
  if (!map_file.empty()) map_ = care::claim::read_name_map(read_all(map_file, std::size_t{4} << 20), map_file);
  if (!payer.empty()) map_.payer = payer;
  names_.currency = map_.currency;
  names_.payer = [this](const std::string& identifier) { return last_payer_ = payer_of(identifier); };
  names_.member = [this](const std::string& identifier) { return member_of(identifier); };
  names_.provider = [this](const std::string& identifier) {
    const auto found = map_.providers.find(identifier);
    return found == map_.providers.end() ? identifier : found->second;
  };
  names_.claim = [this](const std::string& number) { return claim_of(number); };
  names_.digest = [this](std::string_view document) { return care::claim::document_digest(secret_, document); };
}

PublicKey ClaimNames::payer_of(const std::string& identifier) {
  const auto listed = map_.payers.find(identifier);
  const std::string& who = listed == map_.payers.end() ? map_.payer : listed->second;
  if (who.empty())
    throw refusal("the claim's payer '" + identifier + "' is not listed",
                  "--payer WHO, or payers: in the map of names");
  const auto known = payers_.find(who);
  if (known != payers_.end()) return known->second;
  return payers_[who] = account_of_who(who, ledger_.state());
}

// Once for each member and payer: it takes a key file, or a digest.
PublicKey ClaimNames::member_of(const std::string& identifier) {
  const std::string key = identifier + '\0' + std::string(text_of(last_payer_.view()));
  const auto known = members_.find(key);
  if (known != members_.end()) return known->second;
  const auto listed = map_.members.find(identifier);
  const PublicKey account = listed == map_.members.end()
                                ? care::claim::pseudonym(secret_, identifier)
                                : patient_account(listed->second, ledger_.state(), ledger_.id(), last_payer_);
  return members_[key] = account;
}

std::optional<ledger::ObjectRef> ClaimNames::claim_of(const std::string& number) const {
  try {
    return claim_named(ledger_, number);
  } catch (const Error&) {
    return std::nullopt;
  }
}

ledger::ObjectRef claim_named(const ledger::Ledger& ledger, const std::string& name) {
  const std::size_t point = name.find('.');
  const std::string digits = name.substr(0, point);
  const auto operation =
      point == std::string::npos ? std::optional<std::uint32_t>(0) : parse_whole<std::uint32_t>(name.substr(point + 1));
  const bool hexadecimal = digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (digits.size() < 8 || digits.size() > 64 || !hexadecimal || !operation)
    throw refusal("'" + name + "' names no claim", "a claim is named TX.N, or by at least 8 digits of TX and .N");
  const auto found = ledger.transactions_like(digits, 2);
  if (found.size() > 1) throw refusal("'" + name + "' could mean several claims", "give more digits");
  const auto ref = found.empty() ? ledger::ObjectRef() : ledger::ref_of({found.front(), *operation});
  if (found.empty() || !care::claim::claims.has(ledger.state(), ref))
    throw refusal("there is no claim '" + name + "' in the sealed chain", "mine seals what is pending");
  return ref;
}

}  // namespace carechain::cli
