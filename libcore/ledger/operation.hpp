#pragma once
// Operations: what transactions do. An operation is a struct with its fields listed once (encoding/fields.hpp), a pure
// `apply`, and a row in the table of its domain. The ledger knows the table, not the domains.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/encoding/fields.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/ledger/state.hpp"
#include "libcore/ledger/transaction.hpp"

namespace carechain::ledger {

// Why an operation may not happen, in a user's words. A block that contains one is invalid; the pool does not take it.
struct Refused {
  std::string why;
  std::string hint = {};
};
using Outcome = std::optional<Refused>;  // nothing: it happened

// Blocks of the chain that the operation is applied to.
class Ancestry {
 public:
  virtual ~Ancestry() = default;
  // nullopt: not below the block being applied
  virtual std::optional<Hash> block_hash(std::uint64_t height) const = 0;
  virtual std::optional<Time> block_time(std::uint64_t height) const = 0;  // its header's
};

// Where and by whom an operation is applied. Rules use `time`, the header's, and no other clock.
struct Context {
  Changes& state;
  const Ancestry& ancestry;
  Hash ledger;
  std::uint64_t height = 0;    // of the block being applied
  Time time;                   // its header time
  PublicKey signer_key;        // the key that signed
  PublicKey signer;            // the account it stands for
  ObjectId id;                 // of this operation
  std::uint32_t position = 0;  // of its transaction in the block; while pending, in the pool
  Time signed_time;            // the transaction's own
  ByteView fields = {};        // of this operation, as they are encoded
};

struct OperationRow {
  std::string name;
  std::string summary;
  std::function<Outcome(ByteView fields, Context&)> apply;  // throws CborFault when the fields are malformed
  // The verdict of apply() without what follows from the operation, where that is told faster; it changes nothing.
  // Nothing that follows from an operation that has it may count for the verdict on any other that has it.
  std::function<Outcome(ByteView fields, Context&)> admit;
  std::function<std::string(ByteView fields)> to_json;
  std::vector<encoding::FieldDoc> fields;
  bool may_expire = true;  // false: a transaction with `until` is refused (revocations, erasures, decisions)
};

// Where a block stands. Nothing but header time counts.
struct BlockPlace {
  const Ancestry& ancestry;
  Hash ledger;
  std::uint64_t height;
  Time time;
  std::uint32_t position = 0;  // of the transaction in the block
};
// What happens because time has passed, whoever acts: pure, as apply is.
using AtBlock = std::function<void(const BlockPlace&, Changes&)>;

class OperationTable {
 public:
  template <class Operation>
  void add(std::string_view summary, Outcome (*apply)(const Operation&, Context&), bool may_expire = true,
           Outcome (*admit)(const Operation&, Context&) = nullptr) {
    OperationRow row;
    row.name = Operation::name;
    row.summary = summary;
    row.apply = [apply](ByteView fields, Context& context) {
      return apply(encoding::decode_fields<Operation>(fields), context);
    };
    if (admit != nullptr)
      row.admit = [admit](ByteView fields, Context& context) {
        return admit(encoding::decode_fields<Operation>(fields), context);
      };
    row.to_json = [](ByteView fields) {
      encoding::JsonWriter json;
      encoding::json_fields(encoding::decode_fields<Operation>(fields), json);
      return json.take();
    };
    row.fields = encoding::document_fields<Operation>();
    row.may_expire = may_expire;
    rows_.emplace(row.name, std::move(row));
  }
  // Done at the beginning of every block, before its transactions, in the order of registration.
  void at_block(AtBlock deed) { at_block_.push_back(std::move(deed)); }
  const std::vector<AtBlock>& block_deeds() const { return at_block_; }

  const OperationRow* find(std::string_view name) const;  // nullptr: unknown
  const std::map<std::string, OperationRow, std::less<>>& rows() const { return rows_; }

 private:
  std::map<std::string, OperationRow, std::less<>> rows_;
  std::vector<AtBlock> at_block_;
};

// Applies one transaction whose signature was checked: not sealed before, not expired, signer's key in force, every
// operation known and permitted. All or nothing: when refused, `changes` is as before.
Outcome apply_transaction(const OperationTable&, const Transaction&, const BlockPlace&, Changes&);

// Whether each of its operations can be admitted; the verdict of apply_transaction() then, with none of what follows
// from them but that the transaction counts as sealed.
bool can_be_admitted(const OperationTable&, const Transaction&);
Outcome admit_transaction(const OperationTable&, const Transaction&, const BlockPlace&, Changes&);

// Before the first transaction of a block: what time alone brings about.
void begin_block(const OperationTable&, const BlockPlace&, Changes&);

}  // namespace carechain::ledger
