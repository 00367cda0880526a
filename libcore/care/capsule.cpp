#include "libcore/care/capsule.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/seal.hpp"

namespace carechain::care {
namespace {

constexpr std::array<std::uint8_t, 12> zero_nonce{};  // each lock key is used once

struct Inside {
  RecordHandle key, digest_key;  // 32 bytes each; wiped by the callers
  std::optional<std::string> uri;
  template <class V>
  void fields(V& v) {
    v("key", key, "key of the ciphertext");
    v("digest_key", digest_key, "key of the plaintext's digest");
    v("uri", uri, "where an external record lives");
  }
};

Bytes labelled(std::string_view label, ByteView rest) {
  Bytes bytes = bytes_of(label);
  bytes.push_back(0);
  append(bytes, rest);
  return bytes;
}

Bytes capsule_info(const CapsuleAddress& address) {
  Bytes rest = record_context(address.ledger, address.handle, address.version);
  append(rest, address.reader.view());
  return labelled("carechain/capsule/1", rest);
}

SecretKey lock_key(const SecretKey& patient_key, const CapsuleId& id) {
  return crypto::hkdf_key(patient_key.view(), {}, labelled("carechain/capsule-lock/1", id.view()));
}

}  // namespace

Bytes record_context(const Hash& ledger, const RecordHandle& handle, std::uint64_t version) {
  Bytes context = copy_of(ledger.view());
  append(context, handle.view());
  std::array<std::uint8_t, 8> number;
  store_be(number.data(), version);
  append(context, ByteView(number));
  return context;
}

Bytes seal_keys(const CapsuleAddress& address, const RecordKeys& keys, const Random& random) {
  Inside inside{RecordHandle(keys.key.view()), RecordHandle(keys.digest_key.view()), keys.uri};
  Bytes plain = encoding::encode_fields(inside);
  Bytes sealed = crypto::seal(address.reader, capsule_info(address), {}, plain, random);
  wipe(plain.data(), plain.size());
  wipe(&inside.key, sizeof inside.key);
  wipe(&inside.digest_key, sizeof inside.digest_key);
  return sealed;
}

std::optional<RecordKeys> open_keys(const CapsuleAddress& address, const SecretKey& reader_seed, ByteView inner) {
  auto plain = crypto::unseal(reader_seed, capsule_info(address), {}, inner);
  if (!plain) return std::nullopt;
  Inside inside = encoding::decode_fields<Inside>(*plain);
  RecordKeys keys{SecretKey(inside.key.view()), SecretKey(inside.digest_key.view()), inside.uri};
  wipe(plain->data(), plain->size());
  wipe(&inside.key, sizeof inside.key);
  wipe(&inside.digest_key, sizeof inside.digest_key);
  return keys;
}

Capsule lock_capsule(const CapsuleAddress& address, const SecretKey& patient_key, ByteView inner,
                     const Random& random) {
  Capsule capsule;
  capsule.id = CapsuleId(draw<CapsuleId::size>(random));
  capsule.handle = address.handle;
  capsule.version = address.version;
  capsule.reader = address.reader;
  capsule.box = crypto::aead_seal(lock_key(patient_key, capsule.id), zero_nonce, capsule_info(address), inner);
  return capsule;
}

std::optional<Bytes> unlock_capsule(const Hash& ledger, const SecretKey& patient_key, const Capsule& capsule) {
  const CapsuleAddress address{ledger, capsule.handle, capsule.version, capsule.reader};
  return crypto::aead_open(lock_key(patient_key, capsule.id), zero_nonce, capsule_info(address), capsule.box);
}

}  // namespace carechain::care
