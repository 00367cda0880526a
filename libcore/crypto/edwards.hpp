#pragma once
// The few facts about points of edwards25519 that Crypto++ does not offer, about 4 µs each (its big integers take 40).
// Only for what everybody may see: nothing here takes care of how long it takes for secrets.

#include "libcore/base/bytes.hpp"

namespace carechain::crypto {

// Whether some x has this y (RFC 8032 section 5.1.3); the sign bit is not looked at. Requires y < p.
bool on_curve(const PublicKey&);

// u = (1 + y) / (1 - y) of the birational map (RFC 7748 section 4.1), little-endian. Requires y < p, y != 1.
std::array<std::uint8_t, 32> montgomery_u(const PublicKey&);

}  // namespace carechain::crypto
