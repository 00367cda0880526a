#include "libcore/care/erasure_certificate.hpp"

#include <fmt/format.h>

#include "libcore/base/error.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/pem.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {

using ledger::Word;

namespace {

constexpr std::string_view label = "ERASURE CERTIFICATE";

void add_line(std::string& text, std::string_view what, const std::string& value) {
  text += fmt::format("{:<12}{}\n", what, value);
}

std::string plural(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void add_copies(std::string& text, const ErasureCertificate& fields,
                const std::function<std::string(const PublicKey&)>& name) {
  if (fields.copies.empty()) add_line(text, "copies", "none is registered");
  for (const CopyHolder& copy : fields.copies)
    add_line(text, "copy",
             fmt::format("of the vault's key of epoch {} with {}, not known to be destroyed ({})", copy.epoch,
                         name(copy.account), ledger::json_text(copy.copy).substr(0, 12)));
  if (fields.elsewhere > 0)
    add_line(text, "elsewhere",
             plural(fields.elsewhere, "record") + " whose data lies at a source that no key here protects");
}

void add_recipients(std::string& text, const ErasureCertificate& fields,
                    const std::function<std::string(const PublicKey&)>& name) {
  if (fields.recipients.empty()) add_line(text, "recipients", "nobody was permitted to read it");
  for (const Recipient& recipient : fields.recipients)
    add_line(text, "recipient",
             fmt::format("{}, {}, {} from {} to {}", name(recipient.account), recipient.purpose,
                         plural(recipient.permits, "permit"), to_text(recipient.first), to_text(recipient.last)));
  if (!fields.recipients.empty())
    add_line(text, "", "what they read they have; they have to be told (GDPR article 19)");
}

std::optional<Bytes> message_in_line(std::string_view line) {
  try {
    if (encoding::find_top_level_string(line, "type") != "erasure.certificate") return std::nullopt;
    const auto cose = encoding::find_top_level_string(line, "cose");
    return cose ? encoding::parse_base64url(*cose) : std::nullopt;
  } catch (const encoding::JsonFault&) {
    return std::nullopt;
  }
}

}  // namespace

SignedCertificate sign_certificate(const ErasureCertificate& fields, const crypto::Signer& signer) {
  Bytes message = ledger::sign_message(Word::certificate, fields.ledger, signer, encoding::encode_fields(fields));
  const Hash digest = crypto::sha256(message);
  return {fields, std::move(message), signer.public_key(), digest};
}

SignedCertificate read_certificate(ByteView message) {
  try {
    const ledger::SignedMessage parsed = ledger::parse_message(message);
    auto fields = encoding::decode_fields<ErasureCertificate>(parsed.payload);
    if (!ledger::check_message(Word::certificate, fields.ledger, parsed).signature_holds)
      throw refusal("the signature on the certificate does not hold");
    return {std::move(fields), copy_of(message), parsed.signer, crypto::sha256(message)};
  } catch (const encoding::CborFault& fault) {
    throw refusal("this is not a certificate of erasure: " + std::string(fault.what()));
  }
}

std::string certificate_text(const SignedCertificate& certificate,
                             const std::function<std::string(const PublicKey&)>& name) {
  const ErasureCertificate& fields = certificate.fields;
  std::string text = fmt::format("CERTIFICATE OF ERASURE: {}\n", fields.complete ? "COMPLETE" : "PARTIAL");
  add_line(text, "ledger", encoding::hex(fields.ledger.view()));
  add_line(text, "custodian", name(fields.custodian));
  add_line(text, "patient", encoding::did_key(fields.patient));
  add_line(text, "scope",
           fields.record ? "record " + ledger::json_text(*fields.record)
                         : "everything of hers: " + plural(fields.record_count, "record"));
  add_line(text, "order", ledger::json_text(fields.order));
  add_line(text, "",
           fmt::format("by {}, in block {} ({})", name(fields.ordered_by), fields.ordered_height, fields.basis));
  add_line(text, "destroyed",
           to_text(fields.destroyed) + (fields.key_id ? ", key " + encoding::hex(fields.key_id->view()) : ""));
  add_line(text, "method",
           "cryptographic erase (NIST SP 800-88): the AES-256 key that locks every capsule was destroyed,");
  add_line(text, "",
           fmt::format("and with it the master key of epoch {} of the vault {}; the others' keys are under epoch {}",
                       fields.from_epoch, fields.vault, fields.to_epoch));
  add_copies(text, fields, name);
  add_recipients(text, fields, name);
  for (const std::string& what : fields.remains) add_line(text, "remains", what);
  add_line(
      text, "undone by",
      fmt::format("a copy of the file vault-{}-{:06}.epoch, or of an earlier one, made before and kept with a copy",
                  fields.vault, fields.from_epoch));
  add_line(text, "", "of the vault: whoever has both opens it again");
  add_line(text, "issued", to_text(fields.issued) + " by " + encoding::did_key(certificate.signer));
  return text + crypto::pem_encode(label, certificate.message);
}

std::vector<Bytes> messages_in_certificates(std::string_view file) {
  std::vector<Bytes> messages;
  for (const crypto::PemBlock& block : crypto::pem_blocks(file))
    if (block.label == label) messages.push_back(copy_of(crypto::pem_decode(block.base64).bytes));
  if (messages.empty())
    for (std::size_t at = 0; at < file.size();) {
      const std::size_t end = std::min(file.find('\n', at), file.size());
      if (auto message = message_in_line(file.substr(at, end - at))) messages.push_back(std::move(*message));
      at = end + 1;
    }
  if (messages.empty()) throw refusal("there is no certificate of erasure in it", "give what erase-key printed");
  return messages;
}

}  // namespace carechain::care
