#include "libcore/crypto/hpke.hpp"

#include "libcore/base/error.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::crypto {
namespace {

using namespace std::string_view_literals;

// The labelled functions of RFC 9180 section 4 under one suite_id.
struct Suite {
  std::string_view id;

  SecretKey extract(ByteView salt, std::string_view label, ByteView ikm) const {
    HmacSha256 mac(salt);
    mac.update(view_of("HPKE-v1")).update(view_of(id)).update(view_of(label)).update(ikm);
    Hash digest = mac.finish();
    SecretKey prk(digest.view());
    wipe(digest.data(), Hash::size);
    return prk;
  }

  void expand(const SecretKey& prk, std::string_view label, ByteView info, std::span<std::uint8_t> out) const {
    Bytes labelled(2);
    store_be(labelled.data(), static_cast<std::uint16_t>(out.size()));
    for (std::string_view part : {"HPKE-v1"sv, id, label, text_of(info)}) append(labelled, part);
    hkdf_expand(prk, labelled, out);
  }
};

constexpr Suite kem{"KEM\x00\x20"sv};
constexpr Suite hpke{"HPKE\x00\x20\x00\x01\x00\x02"sv};

struct Context {
  SecretKey key;
  std::array<std::uint8_t, 12> nonce;  // of the first message, and there is no second
};

SecretKey shared_secret(const SecretKey& dh, const X25519Public& enc, const X25519Public& recipient) {
  Bytes kem_context = copy_of(enc.view());
  append(kem_context, recipient.view());
  SecretKey shared;
  kem.expand(kem.extract({}, "eae_prk", dh.view()), "shared_secret", kem_context, {shared.data(), SecretKey::size});
  return shared;
}

// KeySchedule of section 5.1 with mode_base, which has neither psk nor psk_id.
Context key_schedule(const SecretKey& shared, ByteView info) {
  Bytes schedule{0x00};
  append(schedule, hpke.extract({}, "psk_id_hash", {}).view());
  append(schedule, hpke.extract({}, "info_hash", info).view());
  const SecretKey secret = hpke.extract(shared.view(), "secret", {});
  Context context;
  hpke.expand(secret, "key", schedule, {context.key.data(), SecretKey::size});
  hpke.expand(secret, "base_nonce", schedule, context.nonce);
  return context;
}

}  // namespace

Bytes hpke_seal(const X25519Public& recipient, ByteView info, ByteView aad, ByteView plain, const Random& random) {
  const SecretKey ephemeral = draw_secret(random);
  const X25519Public enc = x25519_public(ephemeral);
  const auto dh = x25519(ephemeral, recipient);
  if (!dh) throw Error("the recipient's key is of small order, nothing can be sealed to it");
  const Context context = key_schedule(shared_secret(*dh, enc, recipient), info);
  Bytes sealed = copy_of(enc.view());
  append(sealed, aead_seal(context.key, context.nonce, aad, plain));
  return sealed;
}

std::optional<Bytes> hpke_open(const SecretKey& recipient, ByteView info, ByteView aad, ByteView sealed) {
  if (sealed.size() < seal_expansion) return std::nullopt;
  const X25519Public enc(sealed.first(X25519Public::size));
  const auto dh = x25519(recipient, enc);
  if (!dh) return std::nullopt;
  const Context context = key_schedule(shared_secret(*dh, enc, x25519_public(recipient)), info);
  return aead_open(context.key, context.nonce, aad, sealed.subspan(X25519Public::size));
}

}  // namespace carechain::crypto
