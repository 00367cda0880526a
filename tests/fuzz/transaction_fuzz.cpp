// A transaction consists of its bytes and nothing else; a payload that somebody signed is a transaction or is refused.
#include <cstdlib>

#include "libcore/encoding/cbor.hpp"
#include "libcore/ledger/transaction.hpp"

using namespace carechain;

namespace {

void check(const ledger::Transaction& transaction, ByteView input) {
  if (!same(transaction.message.bytes, input) || transaction.time.seconds < 0) std::abort();
  if (transaction.operations.empty() || transaction.operations.size() > ledger::max_operations) std::abort();
  for (const auto& operation : transaction.operations)
    if (!same(encoding::encode(encoding::decode(operation.fields)), operation.fields)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::Signer signer(SecretKey(Bytes(32, 1)));
  const ByteView input(data, size);
  try {
    check(ledger::parse_transaction({}, input), input);
  } catch (const encoding::CborFault&) {
  }
  try {
    const Bytes message = ledger::sign_message(ledger::Word::tx, {}, signer, input);
    const auto transaction = ledger::parse_verified_transaction({}, message);
    if (!transaction) std::abort();
    check(*transaction, message);
  } catch (const Error&) {  // malformed, or too large to be signed
  }
  return 0;
}
