// The fuzzer's bytes are never something sealed to us; what we seal opens, and no more once a byte is changed.

#include <cstdlib>

#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/seal.hpp"
#include "libcore/crypto/system_random.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SecretKey seed(Bytes(32, 1));
  static const PublicKey key = crypto::public_key(seed);
  const ByteView input(data, size);
  if (crypto::unseal(seed, {}, {}, input)) std::abort();

  const ByteView info = input.first(size / 3), aad = input.subspan(size / 3, size / 3),
                 plain = input.subspan(size / 3 * 2);
  const Random random = [](std::span<std::uint8_t> out) { crypto::keystream({}, out); };
  Bytes sealed = crypto::seal(key, info, aad, plain, random);
  const auto opened = crypto::unseal(seed, info, aad, sealed);
  if (!opened || !same(*opened, plain)) std::abort();
  sealed[size % sealed.size()] ^= 1;
  if (crypto::unseal(seed, info, aad, sealed)) std::abort();

  PublicKey other;  // any 32 bytes are a sound key or none, and a key that is none takes nothing
  std::copy_n(data, std::min(size, PublicKey::size), other.data());
  if (crypto::x25519_of(other).has_value() != crypto::sound_public_key(other)) std::abort();
  return 0;
}
