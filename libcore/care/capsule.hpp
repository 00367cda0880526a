#pragma once
// Capsules: a record's keys for one reader, double locked, so that destroying one patient key ends all of them.
//
//   inner = HPKE seal to the reader's key; info = "carechain/capsule/1" || 0 || ledger || handle || version u64 BE ||
//           reader's key; plaintext = CBOR {key, uri?, digest_key}
//   outer = AES-256-GCM(HKDF(patient key, no salt, "carechain/capsule-lock/1" || 0 || capsule id), nonce 0, aad = the
//           same info) of inner. The capsule id is 32 random bytes, fresh at each locking, so the nonce is never
//           reused.

#include <optional>

#include "libcore/care/access_tables.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::care {

struct RecordKeys {
  SecretKey key;                   // of the ciphertext
  SecretKey digest_key;            // of the plaintext's digest
  std::optional<std::string> uri;  // where an external record lives
};

struct CapsuleAddress {
  Hash ledger;
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey reader;  // key, not account
};

// The inner lock: what travels to a reader.
Bytes seal_keys(const CapsuleAddress&, const RecordKeys&, const Random&);
// nullopt: not for this seed, or altered.
std::optional<RecordKeys> open_keys(const CapsuleAddress&, const SecretKey& reader_seed, ByteView inner);

using CapsuleId = FixedBytes<struct CapsuleIdMeaning, 32>;

// As it lies in the vault.
struct Capsule {
  CapsuleId id;
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey reader;
  Bytes box;  // outer
  template <class V>
  void fields(V& v) {
    v("id", id, "fresh at each locking");
    v("handle", handle, "the record");
    v("version", version, "its version");
    v("reader", reader, "the key it is sealed to");
    v("box", box, "the keys, double locked");
  }
};
Capsule lock_capsule(const CapsuleAddress&, const SecretKey& patient_key, ByteView inner, const Random&);
// The inner box; nullopt: another patient key, or altered.
std::optional<Bytes> unlock_capsule(const Hash& ledger, const SecretKey& patient_key, const Capsule&);

// A capsule on its way from a patient to the custodian, signed by her with the word "capsule".
struct CapsuleDelivery {
  PublicKey custodian;  // account it is for
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey reader;
  Bytes inner;
  template <class V>
  void fields(V& v) {
    v("custodian", custodian, "account it is for");
    v("handle", handle, "the record");
    v("version", version, "its version");
    v("reader", reader, "the key it is sealed to");
    v("inner", inner, "the keys, sealed to the reader");
  }
};

// Context bytes that bind a ciphertext to its record: ledger || handle || version u64 BE.
Bytes record_context(const Hash& ledger, const RecordHandle&, std::uint64_t version);

}  // namespace carechain::care
