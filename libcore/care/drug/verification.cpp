#include "libcore/care/drug/verification.hpp"

#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {
namespace {

// What else is known of it.
std::vector<std::string> information(const Standing& standing, Time now) {
  std::vector<std::string> all;
  const std::string today = to_text(now).substr(0, 10);
  if (standing.item.expiry && *standing.item.expiry < today) all.emplace_back("Expired");
  if (standing.recall || has_mark(standing.item, "recalled")) all.emplace_back("Recalled");
  if (has_mark(standing.item, "suspect")) all.emplace_back("Suspect");
  if (has_mark(standing.item, "illegitimate")) all.emplace_back("Illegitimate");
  if (has_mark(standing.item, "stolen")) all.emplace_back("Stolen");
  return all;
}

std::optional<std::string> mismatch(const Named& named, const Item& item) {
  const auto gtin = gs1::gtin_of(named.path);
  const bool lot = named.lot && (!item.lot || *item.lot != gs1::lot_path(gtin, *named.lot));
  const bool expiry = named.expiry && item.expiry != named.expiry;
  if (!lot && !expiry) return std::nullopt;
  return std::string("No_match_GTIN_Serial") + (lot ? "_Lot" : "") + (expiry ? "_Expiry" : "");
}

}  // namespace

Verification verify_unit(const ledger::Pool& pool, const Named& named, Time now) {
  Verification answer;
  answer.thing = named.path;
  answer.lot = named.lot;
  answer.expiry = named.expiry;
  answer.height = pool.ledger().tip().height;
  answer.block = pool.ledger().tip().hash;
  answer.time = now;
  const auto standing = standing_of(pool.pending_state(), named.path);
  if (!standing || !standing->item.born) {
    answer.failure = "No_match_GTIN_Serial";
    return answer;
  }
  answer.failure = mismatch(named, standing->item);
  answer.information = information(*standing, now);
  const Status status = status_of(*standing);
  const bool over = is_end(status) || status == Status::partly || standing->item.disposition == "returned";
  if (!answer.failure && (over || !answer.information.empty())) answer.failure = "Not_for_re-distribution";
  answer.verified = !answer.failure;
  return answer;
}

Bytes sign_verification(const Hash& ledger, const crypto::Signer& signer, const Verification& answer) {
  return ledger::sign_message(ledger::Word::certificate, ledger, signer, encoding::encode_fields(answer));
}

std::optional<SignedVerification> open_verification(const Hash& ledger, ByteView bytes) try {
  const auto message = ledger::parse_message(bytes);
  if (!ledger::check_message(ledger::Word::certificate, ledger, message).signature_holds) return std::nullopt;
  SignedVerification opened{encoding::decode_fields<Verification>(message.payload), message.signer};
  if (opened.answer.kind != "drug.verify") return std::nullopt;
  return opened;
} catch (const encoding::CborFault&) {
  return std::nullopt;
}

}  // namespace carechain::care::drug
