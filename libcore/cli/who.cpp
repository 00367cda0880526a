#include "libcore/cli/who.hpp"

#include "libcore/base/nearest.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/file.hpp"

namespace carechain::cli {
namespace {

PublicKey parse_did(const std::string& text) {
  const auto key = encoding::parse_did_key(text);
  if (!key || !crypto::sound_public_key(*key)) throw refusal("'" + text + "' is not the did:key of an Ed25519 key");
  return *key;
}

bool is_key_file(const std::string& who) {
  if (who.find('/') != std::string::npos) return store::exists(who);
  const auto names = key_names();
  return std::ranges::find(names, who) != names.end() || store::exists(who);
}

Error nobody(const std::string& who) {
  std::vector<std::string> known = key_names();
  const auto close = nearest(who, known);
  return refusal("there is nobody called '" + who + "': neither on the ledger nor among the key files",
                 close ? "did you mean '" + *close + "'?" : "give a did:key, or: carechain keygen " + who);
}

}  // namespace

OwnKeys own_keys(const KeyChoice& choice) {
  crypto::PemKeys keys = read_key(choice);
  if (keys.seeds.empty()) throw Error("'" + choice.key + "' holds a public key only", "signing needs the private key");
  return {std::move(keys.seeds)};
}

PublicKey public_key_of_file(const std::string& file_or_name) {
  const crypto::PemKeys keys = read_key({file_or_name, {}, -1});
  return keys.only_public ? *keys.only_public : crypto::public_key(keys.seeds.front());
}

PublicKey account_of_who(const std::string& who, const ledger::State& state) {
  if (who.starts_with("did:")) {
    const PublicKey key = parse_did(who);
    return ledger::account_of(state, key).value_or(key);
  }
  if (const auto named = ledger::account_named(state, who)) return *named;
  if (!is_key_file(who)) throw nobody(who);
  const PublicKey key = public_key_of_file(who);
  return ledger::account_of(state, key).value_or(key);
}

PublicKey patient_account(const std::string& who, const ledger::State& state, const Hash& ledger,
                          const PublicKey& custodian) {
  if (who.starts_with("did:")) return parse_did(who);
  if (!is_key_file(who)) throw nobody(who);
  const crypto::PemKeys keys = read_key({who, {}, -1});
  if (keys.seeds.empty()) return *keys.only_public;
  const PublicKey key = crypto::public_key(care::pairwise_seed(keys.seeds.front(), ledger, custodian));
  return ledger::account_of(state, key).value_or(key);
}

std::string display_account(const PublicKey& account, const ledger::State& state) {
  const auto identity = ledger::identities.get(state, account);
  const std::string did = encoding::did_key(account);
  return identity && identity->name ? *identity->name + " (" + did + ")" : did;
}

}  // namespace carechain::cli
