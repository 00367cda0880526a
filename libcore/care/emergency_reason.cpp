#include "libcore/care/emergency_reason.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/seal.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::care {

using ledger::Word;

namespace {

constexpr std::array<std::uint8_t, 12> zero_nonce{};  // each lock key is used for one plaintext

struct ReasonPayload {
  Hash digest;
  Bytes box;
  template <class V>
  void fields(V& v) {
    v("digest", digest, "keyed digest of the reason");
    v("box", box, "key and reason, sealed to the custodian");
  }
};

Bytes labelled(std::string_view label, std::initializer_list<ByteView> parts) {
  Bytes bytes = bytes_of(label);
  bytes.push_back(0);
  for (const ByteView part : parts) append(bytes, part);
  return bytes;
}

Bytes box_info(const Hash& ledger, const Hash& digest) {
  return labelled("carechain/reason/1", {ledger.view(), digest.view()});
}

SecretKey lock_key(const SecretKey& patient_key, const Hash& digest) {
  return crypto::hkdf_key(patient_key.view(), {}, labelled("carechain/reason-lock/1", {digest.view()}));
}

store::Path reason_path(const store::Layout& layout, const PublicKey& patient, const Hash& digest) {
  return layout.vault_reason(crypto::sha256({digest.view(), patient.view()}));
}

}  // namespace

StatedReason state_reason(std::string text, const Random& random) {
  if (text.empty() || text.size() > max_reason_bytes || !encoding::is_utf8(view_of(text)))
    throw misuse("a reason is 1 to 4096 bytes of text", "--reason 'unconscious, no next of kin reached'");
  return {Hash(draw<Hash::size>(random)), std::move(text)};
}

Hash digest_of(const StatedReason& reason) { return crypto::hmac_sha256(reason.key.view(), view_of(reason.text)); }

Bytes reason_message(const Hash& ledger, const crypto::Signer& signer, const StatedReason& reason,
                     const PublicKey& custodian_key, const Random& random) {
  const Hash digest = digest_of(reason);
  const ReasonPayload payload{
      digest, crypto::seal(custodian_key, box_info(ledger, digest), {}, encoding::encode_fields(reason), random)};
  return ledger::sign_message(Word::reason, ledger, signer, encoding::encode_fields(payload));
}

std::optional<StatedReason> read_reason_message(const Hash& ledger, ByteView message,
                                                const std::vector<SecretKey>& custodian_seeds) {
  try {
    const ledger::SignedMessage parsed = ledger::parse_message(message);
    if (!ledger::check_message(Word::reason, ledger, parsed).signature_holds) return std::nullopt;
    const auto payload = encoding::decode_fields<ReasonPayload>(parsed.payload);
    for (const SecretKey& seed : custodian_seeds) {
      const auto plain = crypto::unseal(seed, box_info(ledger, payload.digest), {}, payload.box);
      if (!plain) continue;
      auto reason = encoding::decode_fields<StatedReason>(*plain);
      if (digest_of(reason) == payload.digest) return reason;
    }
  } catch (const encoding::CborFault&) {
  }
  return std::nullopt;
}

void keep_reason(const store::Layout& layout, const Vault& vault, const PublicKey& patient,
                 const StatedReason& reason) {
  const auto patient_key = vault.patient_key(patient);
  if (!patient_key) return;
  const Hash digest = digest_of(reason);
  const store::Path path = reason_path(layout, patient, digest);
  if (store::exists(path)) return;
  store::make_directory(layout.vault_reasons());
  const Bytes box =
      crypto::aead_seal(lock_key(*patient_key, digest), zero_nonce, digest.view(), encoding::encode_fields(reason));
  store::replace_file(path, box, 0600);
}

std::optional<std::string> kept_reason(const store::Layout& layout, const Vault& vault, const PublicKey& patient,
                                       const Hash& digest) {
  const auto patient_key = vault.patient_key(patient);
  auto file = patient_key ? store::File::try_open_read(reason_path(layout, patient, digest)) : std::nullopt;
  if (!file) return std::nullopt;
  Bytes box(file->size());
  file->read_at(0, box);
  const auto plain = crypto::aead_open(lock_key(*patient_key, digest), zero_nonce, digest.view(), box);
  if (!plain) return std::nullopt;
  return encoding::decode_fields<StatedReason>(*plain).text;
}

}  // namespace carechain::care
