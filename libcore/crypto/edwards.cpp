#include "libcore/crypto/edwards.hpp"

#include <cryptopp/integer.h>
#include <cryptopp/nbtheory.h>

namespace carechain::crypto {
namespace {

using CryptoPP::Integer;

const Integer& prime() {
  static const Integer p = Integer::Power2(255) - 19;
  return p;
}

Integer y_of(const PublicKey& key) {
  auto bytes = key.bytes;
  bytes[31] &= 0x7f;
  return Integer(bytes.data(), bytes.size(), Integer::UNSIGNED, CryptoPP::LITTLE_ENDIAN_ORDER);
}

}  // namespace

// x^2 = (y^2 - 1) / (d y^2 + 1) has a root when numerator times denominator is a square or zero; with
// d = -121665/121666 the denominator may be multiplied by 121666, and the numerator too, without changing that.
bool on_curve(const PublicKey& key) {
  const Integer& p = prime();
  const Integer y2 = y_of(key).Squared() % p;
  const Integer numerator = (y2 + p - 1) * 121666 % p;
  const Integer denominator = (y2 * (p - 121665) + 121666) % p;
  return CryptoPP::Jacobi(numerator * denominator % p, p) != -1;
}

std::array<std::uint8_t, 32> montgomery_u(const PublicKey& key) {
  const Integer& p = prime();
  const Integer y = y_of(key);
  const Integer u = (y + 1) * (p + 1 - y).InverseMod(p) % p;
  std::array<std::uint8_t, 32> bytes;
  u.Encode(bytes.data(), bytes.size());
  std::ranges::reverse(bytes);
  return bytes;
}

}  // namespace carechain::crypto
