#pragma once
// Transactions: carechain-transaction(5). A signed message (word "tx") whose payload is the map
//
//   { "ops": [ [name, {fields}], … ], "time": seconds, "nonce": 16 bytes, ? "until": seconds }
//
// with 1..1000 operations, all of which happen or none. Its id is the SHA-256 of the COSE Sig_structure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/random.hpp"
#include "libcore/base/time.hpp"
#include "libcore/encoding/fields.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::ledger {

inline constexpr std::size_t max_operations = 1000;

struct OperationView {
  std::string_view name;
  ByteView fields;  // one deterministic CBOR map
};

// A transaction taken apart; views point into the bytes it was parsed from.
struct Transaction {
  SignedMessage message;
  TransactionId id;
  std::vector<OperationView> operations;
  Time time;                  // when the signer says it was made
  std::optional<Time> until;  // not valid in a block whose header time is later
};

// Throws encoding::CborFault. Checks everything but the signature and what operations mean.
Transaction parse_transaction(const Hash& ledger, ByteView bytes);
// The same and the signature in one pass; nullopt: well formed, but the signature does not hold.
std::optional<Transaction> parse_verified_transaction(const Hash& ledger, ByteView bytes);

// For who has many: the transaction whatever its signature, and, appended to `to_verify`, the bytes for which that has
// to hold. What was in `transaction` before is gone, also when this throws; its memory is used again.
void parse_transaction_into(Transaction& transaction, const Hash& ledger, ByteView bytes, Bytes& to_verify);

// An operation ready to be signed.
struct NewOperation {
  std::string name;
  Bytes fields;
};
template <class Operation>
NewOperation operation(const Operation& fields) {
  return {std::string(Operation::name), encoding::encode_fields(fields)};
}

// Throws Error: no operations or more than max_operations, or over 1 MiB.
Bytes sign_transaction(const Hash& ledger, const crypto::Signer&, const std::vector<NewOperation>&, Time now,
                       const Random&, std::optional<Time> until = {});

// "TX.N" as people and files name what operation N of a transaction made.
struct ObjectId {
  TransactionId tx;
  std::uint32_t operation = 0;
  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};
std::string to_text(const ObjectId&);  // 64 hex digits, '.', N

// The same as 36 bytes, for fields and keys: transaction, operation u32 BE.
struct ObjectRefMeaning;
using ObjectRef = FixedBytes<ObjectRefMeaning, 36>;
ObjectRef ref_of(const ObjectId&);
ObjectId id_of(const ObjectRef&);
std::string json_text(const ObjectRef&);  // as to_text(ObjectId)
std::optional<ObjectId> parse_object_id(std::string_view);

}  // namespace carechain::ledger
