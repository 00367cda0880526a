#pragma once
// Opening what a custodian released: the reader's side. Needs the reader's key and no ledger.

#include <optional>

#include "libcore/care/capsule.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/care/release.hpp"

namespace carechain::care {

struct CheckedRelease {
  Release fields;
  Request request;  // the reader's own, echoed
  Hash request_id;
  PublicKey custodian;     // key that signed the release
  SecretKey reader_seed;   // that signed the request
  SecretKey capsule_seed;  // that the capsule is sealed to: the same, or an older one of the reader's
};

// Checks a release line: the custodian's signature, that it answers a request signed by one of these seeds and
// addressed to that custodian, and that it answers about what was asked. Throws refusal() saying what does not fit.
// `custodian_keys` are the keys the reader takes for the custodian's (its account, or what a ledger at hand says).
CheckedRelease check_release(const Hash& ledger, ByteView message, const std::vector<SecretKey>& seeds,
                             const std::function<bool(const PublicKey& key, const PublicKey& account)>& signs_for);

// The record's keys from the capsule. Throws refusal(): no capsule, or not for this key.
RecordKeys keys_of(const Hash& ledger, const CheckedRelease&);

// Decrypts the ciphertext that follows the line into the sink, a chunk at a time, each checked before it goes out.
// Throws refusal(): altered, cut or extended; the plaintext's digest, unless left out, is not the one that was
// released.
void open_data(const Hash& ledger, const CheckedRelease&, const crypto::Source&, const crypto::Sink&, unsigned threads,
               crypto::Digest);

// For granting stored records: the same keys, sealed to another reader, as a signed delivery for the custodian.
Bytes reseal(const Hash& ledger, const CheckedRelease&, const PublicKey& new_reader, const crypto::Signer& patient,
             const Random&);

}  // namespace carechain::care
