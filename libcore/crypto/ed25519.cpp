#include "libcore/crypto/ed25519.hpp"

#include <cryptopp/donna.h>

#include "libcore/crypto/edwards.hpp"

namespace carechain::crypto {
namespace {

namespace donna = CryptoPP::Donna;
using Encoding = std::array<std::uint8_t, 32>;  // little-endian

consteval Encoding from_hex(std::string_view text) {
  Encoding bytes{};
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i < 32; ++i)
    bytes[i] = static_cast<std::uint8_t>(digit(text[2 * i]) * 16 + digit(text[2 * i + 1]));
  return bytes;
}

constexpr Encoding order_l = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
constexpr Encoding prime_p = from_hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

// The y-coordinates of the eight points of order 1, 2, 4 and 8; some belong to two points.
constexpr std::array<Encoding, 5> small_order_y{
    from_hex("0100000000000000000000000000000000000000000000000000000000000000"),
    from_hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    from_hex("0000000000000000000000000000000000000000000000000000000000000000"),
    from_hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    from_hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")};

bool less(const std::uint8_t* a, const Encoding& b) {
  for (std::size_t i = 32; i-- > 0;)
    if (a[i] != b[i]) return a[i] < b[i];
  return false;
}

// y < p, and not one of the small orders. With those goes x = 0, where a sign bit would be a second spelling.
bool canonical_and_large(const PublicKey& key) {
  Encoding y = key.bytes;
  y[31] &= 0x7f;
  return less(y.data(), prime_p) && std::ranges::find(small_order_y, y) == small_order_y.end();
}

}  // namespace

PublicKey public_key(const SecretKey& seed) {
  PublicKey key;
  donna::ed25519_publickey(key.data(), seed.data());
  return key;
}

struct Signer::State {
  SecretKey seed;
};

Signer::Signer(const SecretKey& seed)
    : state_(std::make_unique<State>(State{seed.clone()})), public_(crypto::public_key(seed)) {}
Signer::~Signer() = default;
Signer::Signer(Signer&&) noexcept = default;

Signature Signer::sign(ByteView message) const {
  Signature signature;
  donna::ed25519_sign(message.data(), message.size(), state_->seed.data(), public_.data(), signature.data());
  return signature;
}

// Crypto++ encodes [S]B - [k]A and compares bytes with R, so only the canonical encoding of R can pass.
bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
  return less(signature.data() + 32, order_l) && canonical_and_large(key) &&
         donna::ed25519_sign_open(message.data(), message.size(), key.data(), signature.data()) == 0;
}

bool sound_public_key(const PublicKey& key) { return canonical_and_large(key) && on_curve(key); }

}  // namespace carechain::crypto
