#include "libcore/care/opening.hpp"

#include "libcore/crypto/ed25519.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {

using ledger::Word;

namespace {

Release read_release(const Hash& ledger, ByteView message, PublicKey& signer) {
  try {
    const ledger::SignedMessage parsed = ledger::parse_message(message);
    if (!ledger::check_message(Word::release, ledger, parsed).signature_holds)
      throw refusal("the custodian's signature on the release does not hold");
    signer = parsed.signer;
    return encoding::decode_fields<Release>(parsed.payload);
  } catch (const encoding::CborFault& fault) {
    throw refusal("the release is malformed: " + std::string(fault.what()));
  }
}

SignedRequest own_request(const Hash& ledger, ByteView message) {
  try {
    if (auto request = read_request(ledger, message)) return std::move(*request);
  } catch (const encoding::CborFault&) {
  }
  throw refusal("the release does not echo a request whose signature holds");
}

bool about_what_was_asked(const Request& request, const Release& release) {
  if (!release.record || request.patient) return true;
  return std::ranges::find(request.records, *release.record) != request.records.end();
}

}  // namespace

CheckedRelease check_release(const Hash& ledger, ByteView message, const std::vector<SecretKey>& seeds,
                             const std::function<bool(const PublicKey&, const PublicKey&)>& signs_for) {
  CheckedRelease checked;
  checked.fields = read_release(ledger, message, checked.custodian);
  SignedRequest own = own_request(ledger, checked.fields.request);
  auto seed = seed_for_key(seeds, ledger, own.signer, own.request.custodian);
  if (!seed) throw refusal("the release answers a request of somebody else: " + encoding::did_key(own.signer));
  if (!signs_for(checked.custodian, own.request.custodian))
    throw refusal("the release is signed by " + encoding::did_key(checked.custodian) +
                  ", the request was addressed to " + encoding::did_key(own.request.custodian));
  if (!about_what_was_asked(own.request, checked.fields))
    throw refusal("the release is about a record that was not asked for");
  checked.request = std::move(own.request);
  checked.request_id = own.id;
  auto older = checked.fields.reader ? seed_for_key(seeds, ledger, *checked.fields.reader, checked.request.custodian)
                                     : std::nullopt;
  checked.capsule_seed = older ? std::move(*older) : seed->clone();
  checked.reader_seed = std::move(*seed);
  return checked;
}

RecordKeys keys_of(const Hash& ledger, const CheckedRelease& release) {
  const Release& fields = release.fields;
  if (!fields.capsule || !fields.handle || !fields.reader)
    throw refusal("the release carries no keys: " + fields.reason);
  const CapsuleAddress address{ledger, *fields.handle, fields.version, *fields.reader};
  auto keys = open_keys(address, release.capsule_seed, *fields.capsule);
  if (!keys) throw refusal("the capsule does not open with this key");
  return std::move(*keys);
}

void open_data(const Hash& ledger, const CheckedRelease& release, const crypto::Source& source,
               const crypto::Sink& sink, unsigned threads, crypto::Digest digest) {
  const Release& fields = release.fields;
  const RecordKeys keys = keys_of(ledger, release);
  const auto result = crypto::open_stream(
      keys.key, keys.digest_key, record_context(ledger, *fields.handle, fields.version), source, sink, threads, digest);
  if (digest == crypto::Digest::plain && result.plain_digest != fields.digest)
    throw refusal("the data is not what was recorded on the chain");
}

Bytes reseal(const Hash& ledger, const CheckedRelease& release, const PublicKey& new_reader,
             const crypto::Signer& patient, const Random& random) {
  const RecordKeys keys = keys_of(ledger, release);
  const Release& fields = release.fields;
  CapsuleDelivery delivery;
  delivery.custodian = release.request.custodian;
  delivery.handle = *fields.handle;
  delivery.version = fields.version;
  delivery.reader = new_reader;
  delivery.inner = seal_keys({ledger, *fields.handle, fields.version, new_reader}, keys, random);
  return ledger::sign_message(Word::capsule, ledger, patient, encoding::encode_fields(delivery));
}

}  // namespace carechain::care
