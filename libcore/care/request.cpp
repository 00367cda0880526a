#include "libcore/care/request.hpp"

namespace carechain::care {

using ledger::Word;

bool asks_for_whole_file(const Request& request) { return request.patient && (!request.type || *request.type == "*"); }

Bytes sign_request(const Hash& ledger, const crypto::Signer& signer, const Request& request) {
  return ledger::sign_message(Word::request, ledger, signer, encoding::encode_fields(request));
}

std::optional<SignedRequest> read_request(const Hash& ledger, ByteView bytes) {
  const ledger::SignedMessage message = ledger::parse_message(bytes);
  const ledger::Checked checked = ledger::check_message(Word::request, ledger, message);
  if (!checked.signature_holds) return std::nullopt;
  return SignedRequest{encoding::decode_fields<Request>(message.payload), message.signer, checked.id};
}

}  // namespace carechain::care
