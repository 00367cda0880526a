#pragma once
// The vault: an organisation's off-chain store beside its copy of the chain. Never copied with the chain.
//
//   vault/epoch              "carechain-vault-1\n<vault id, 32 hex>\n<epoch>\n<owner did:key>\n"
//   vault/keys-000001/HEX    the patient key of account HEX: nonce(12) || AES-256-GCM under the epoch's master key,
//                            aad = vault id || epoch u32 BE || account
//   vault/objects/ab/HEX.ccs ciphertexts by their root
//   vault/capsules/ab/HEX.cap frames "CCK1" of CBOR capsules, by record handle; the last for a reader counts
//   vault/incoming/          ciphertexts being written; what a dead process left there means nothing
//
// The master key of an epoch is a file outside the ledger directory, in the keys' directory: vault-<id>-<epoch>.epoch.

#include <memory>
#include <optional>
#include <vector>

#include "libcore/care/capsule.hpp"
#include "libcore/crypto/chunked.hpp"
#include "libcore/store/layout.hpp"
#include "libcore/store/lock.hpp"

namespace carechain::care {

class Vault {
 public:
  // The vault of a ledger directory, made with a fresh epoch key when there is none. Throws Error: the keys' directory
  // lies inside the ledger directory; the vault belongs to another organisation; its epoch key is missing.
  static Vault open_or_create(const store::Layout&, const store::Path& keys_directory, const PublicKey& owner,
                              const Random&);
  // Throws Error when there is none.
  static Vault open(const store::Layout&, const store::Path& keys_directory);
  static bool exists(const store::Layout&);
  // Whose vault it is, without its key; nullopt: there is none.
  static std::optional<PublicKey> owner_of(const store::Layout&);

  const PublicKey& owner() const { return owner_; }

  // A patient's key; nullopt: none was ever made, or it was destroyed.
  std::optional<SecretKey> patient_key(const PublicKey& patient) const;
  SecretKey patient_key_or_new(const PublicKey& patient, const Random&);  // durable on return

  // Objects. An object is written under incoming/ and gets its name when it is whole and synced.
  struct Incoming {
    store::Path path;
    store::File file;
  };
  Incoming receive(const RecordHandle&) const;
  void keep(Incoming, const Hash& root) const;  // durable on return
  void discard(Incoming) const;
  std::optional<store::File> object(const Hash& root) const;  // nullopt: not here

  // Capsules, durable on return.
  void add_capsules(const std::vector<Capsule>&) const;
  std::vector<Capsule> capsules(const RecordHandle&) const;
  std::optional<Capsule> capsule_for(const RecordHandle&, std::uint64_t version, const PublicKey& reader) const;

  // Shared while records are stored or released, exclusive while keys are destroyed.
  store::Lock use() const { return store::Lock::acquire(layout_.vault_lock(), store::Lock::Mode::shared); }

 private:
  Vault(store::Layout layout, store::Path keys_directory)
      : layout_(std::move(layout)), keys_directory_(std::move(keys_directory)) {}
  void read_epoch();
  store::Path key_file(const PublicKey& patient) const;
  Bytes key_aad(const PublicKey& patient) const;

  store::Layout layout_;
  store::Path keys_directory_;
  std::string id_;
  std::uint32_t epoch_ = 1;
  PublicKey owner_;
  SecretKey master_;
};

}  // namespace carechain::care
