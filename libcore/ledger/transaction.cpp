#include "libcore/ledger/transaction.hpp"

#include "libcore/base/whole.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::ledger {
namespace {

using encoding::CborFault;
using encoding::CborReader;
using encoding::CborWriter;

constexpr std::size_t nonce_size = 16;

Time take_time(CborReader& reader) {
  const std::size_t at = reader.offset();
  const std::uint64_t seconds = reader.unsigned_integer();
  if (seconds > static_cast<std::uint64_t>(max_time_seconds)) throw CborFault(at, "a time must be below 2^40 seconds");
  return {static_cast<std::int64_t>(seconds)};
}

void take_operations(CborReader& reader, std::vector<OperationView>& operations) {
  const std::size_t at = reader.offset();
  const std::size_t count = reader.array();
  if (count == 0 || count > max_operations) throw CborFault(at, "a transaction has 1 to 1000 operations");
  operations.resize(count);
  for (OperationView& operation : operations) {
    if (reader.array() != 2) throw CborFault(reader.offset(), "an operation is [name, {fields}]");
    operation.name = reader.text();
    if (reader.peek() != CborReader::Type::map) throw CborFault(reader.offset(), "an operation's fields are a map");
    operation.fields = reader.skip();
  }
}

void read_payload(Transaction& transaction) {
  CborReader reader(transaction.message.payload);
  const std::size_t pairs = reader.map();
  if (pairs != 3 && pairs != 4) throw CborFault(0, "a transaction's payload is {ops, time, nonce, ? until}");
  const auto expect = [&](const char* key) {
    if (reader.text() != key) throw CborFault(reader.offset(), std::string("expected the key '") + key + "'");
  };
  expect("ops");
  take_operations(reader, transaction.operations);
  expect("time");
  transaction.time = take_time(reader);
  expect("nonce");
  if (reader.bytes().size() != nonce_size) throw CborFault(reader.offset(), "a nonce has 16 bytes");
  transaction.until.reset();
  if (pairs == 4) {
    expect("until");
    transaction.until = take_time(reader);
  }
  reader.expect_end();
}

}  // namespace

void parse_transaction_into(Transaction& transaction, const Hash& ledger, ByteView bytes, Bytes& to_verify) {
  transaction.message = parse_message(bytes);
  read_payload(transaction);
  const std::size_t begin = to_verify.size();
  append_signed_bytes(Word::tx, ledger, transaction.message.signer, transaction.message.payload, to_verify);
  transaction.id = TransactionId(crypto::sha256(ByteView(to_verify).subspan(begin)).view());
}

Transaction parse_transaction(const Hash& ledger, ByteView bytes) {
  Transaction transaction;
  Bytes signed_bytes;
  parse_transaction_into(transaction, ledger, bytes, signed_bytes);
  return transaction;
}

std::optional<Transaction> parse_verified_transaction(const Hash& ledger, ByteView bytes) {
  std::optional<Transaction> transaction(std::in_place);
  Bytes signed_bytes;
  parse_transaction_into(*transaction, ledger, bytes, signed_bytes);
  if (!crypto::verify(transaction->message.signer, signed_bytes, transaction->message.signature)) transaction.reset();
  return transaction;
}

Bytes sign_transaction(const Hash& ledger, const crypto::Signer& signer, const std::vector<NewOperation>& operations,
                       Time now, const Random& random, std::optional<Time> until) {
  if (operations.empty() || operations.size() > max_operations)
    throw Error("a transaction holds 1 to 1000 operations, not " + std::to_string(operations.size()));
  Bytes payload;
  CborWriter writer(payload);
  writer.map(until ? 4 : 3);
  writer.text("ops");
  writer.array(operations.size());
  for (const NewOperation& operation : operations) {
    writer.array(2);
    writer.text(operation.name);
    writer.raw(operation.fields);
  }
  writer.text("time");
  writer.unsigned_integer(static_cast<std::uint64_t>(now.seconds));
  writer.text("nonce");
  writer.bytes(draw<nonce_size>(random));
  if (until) {
    writer.text("until");
    writer.unsigned_integer(static_cast<std::uint64_t>(until->seconds));
  }
  Bytes message = sign_message(Word::tx, ledger, signer, payload);
  if (message.size() > max_message_bytes)
    throw Error("the transaction would be larger than 1 MiB", "split the batch into smaller ones");
  return message;
}

std::string to_text(const ObjectId& id) { return encoding::hex(id.tx.view()) + '.' + std::to_string(id.operation); }

ObjectRef ref_of(const ObjectId& id) {
  ObjectRef ref;
  std::ranges::copy(id.tx.bytes, ref.bytes.begin());
  store_be(ref.data() + TransactionId::size, id.operation);
  return ref;
}

ObjectId id_of(const ObjectRef& ref) {
  return {TransactionId(ref.view().first(TransactionId::size)),
          load_be<std::uint32_t>(ref.data() + TransactionId::size)};
}

std::string json_text(const ObjectRef& ref) { return to_text(id_of(ref)); }

std::optional<ObjectId> parse_object_id(std::string_view text) {
  if (text.size() < 66 || text[64] != '.') return std::nullopt;
  const auto tx = encoding::parse_hex(text.substr(0, 64));
  const auto operation = parse_whole<std::uint32_t>(text.substr(65), 0, max_operations - 1);
  if (!tx || !operation) return std::nullopt;
  return ObjectId{TransactionId(*tx), *operation};
}

}  // namespace carechain::ledger
