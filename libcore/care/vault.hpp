#pragma once
// The vault: an organisation's off-chain store beside its copy of the chain. Never copied with the chain.
//
//   vault/epoch              "carechain-vault-1\n<vault id, 32 hex>\n<epoch>\n<owner did:key>\n"
//   vault/keys-000001/HEX    the patient key of account HEX (vault_keys.hpp); empty: it was destroyed, for ever
//   vault/keys-000001/order-HEX   what was destroyed by erasure order HEX (ErasureNote)
//   vault/objects/ab/HEX.ccs ciphertexts by their root
//   vault/capsules/ab/HEX.cap frames "CCK1" of CBOR capsules, by record handle; the last for a reader counts
//   vault/incoming/          ciphertexts being written; what a dead process left there means nothing
//   vault/certificates/      of erasures, by their order
//
// The master key of an epoch is a file outside the ledger directory, in the keys' directory: vault-<id>-<epoch>.epoch.
// Destroying keys is a new epoch: the keys that stay are put under a new master key, and the old one is destroyed, so
// that older copies of the vault open nothing any more, of no patient.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "libcore/care/capsule.hpp"
#include "libcore/crypto/chunked.hpp"
#include "libcore/store/layout.hpp"
#include "libcore/store/lock.hpp"

namespace carechain::care {

// What the vault remembers of an erasure that it carried out.
struct ErasureNote {
  std::optional<Hash> key_id;  // patient_key_id() of the key that was destroyed; absent: there was none
  std::uint64_t from_epoch = 0, to_epoch = 0;
  Time time;
  template <class V>
  void fields(V& v) {
    v("key_id", key_id, "names the key that was destroyed");
    v("from_epoch", from_epoch, "epoch whose master key was destroyed with it");
    v("to_epoch", to_epoch, "epoch that followed");
    v("time", time, "when");
  }
};

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

  const std::string& id() const { return id_; }
  std::uint32_t epoch() const { return epoch_; }

  // A patient's key; nullopt: none was ever made, or it was destroyed.
  std::optional<SecretKey> patient_key(const PublicKey& patient) const;
  // Durable on return. Throws refusal(): it was destroyed; an erased account gets no new key.
  SecretKey patient_key_or_new(const PublicKey& patient, const Random&);

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
  // The keys sealed to that reader, from the last of its capsules that this patient key unlocks; nullopt: none.
  std::optional<Bytes> inner_for(const Hash& ledger, const SecretKey& patient_key, const RecordHandle&,
                                 std::uint64_t version, const PublicKey& reader) const;
  // Throws away the capsules of a record that this patient key does not unlock.
  void drop_dead_capsules(const Hash& ledger, const SecretKey& patient_key, const RecordHandle&) const;
  void remove_capsules(const RecordHandle&) const;  // no error when there are none
  void remove_object(const Hash& root) const;

  // Shared while records are stored or released, exclusive while keys are destroyed. Both look which epoch it is now:
  // keys may have been destroyed since the vault was opened.
  store::Lock use() { return locked(store::Lock::Mode::shared); }
  store::Lock use_alone() { return locked(store::Lock::Mode::exclusive); }

  // Destroying keys; with use_alone() held.
  struct KeyChanges {
    std::set<PublicKey> destroyed;                    // patients whose key goes for good
    std::map<PublicKey, SecretKey> replaced;          // patients who get another key
    std::map<ledger::ObjectRef, ErasureNote> orders;  // that are carried out by this
  };
  // The next epoch, with those changes, in force and durable on return. Interrupted before, the old epoch goes on and
  // nothing has happened; the old epoch's keys still exist in either case.
  void begin_epoch(const KeyChanges&, const Random&);
  std::optional<ErasureNote> carried_out(const ledger::ObjectRef& order) const;
  // Whatever there is of keys of other epochs than this one is destroyed; may be repeated.
  void destroy_other_epochs() const;

 private:
  Vault(store::Layout layout, store::Path keys_directory)
      : layout_(std::move(layout)), keys_directory_(std::move(keys_directory)) {}
  void read_epoch();
  store::Lock locked(store::Lock::Mode);
  void write_epoch_number(std::uint32_t) const;
  store::Path key_file(const PublicKey& patient) const;
  store::Path order_file(const ledger::ObjectRef& order) const;
  void carry_keys(const store::Path& to, std::uint32_t epoch, const SecretKey& master, const KeyChanges&,
                  const Random&) const;

  store::Layout layout_;
  store::Path keys_directory_;
  std::string id_;
  std::uint32_t epoch_ = 1;
  PublicKey owner_;
  SecretKey master_;
};

// What is in a capsule file; a missing one is empty. Throws Error when it is damaged.
std::vector<Capsule> read_capsules(const store::Path&);

}  // namespace carechain::care
