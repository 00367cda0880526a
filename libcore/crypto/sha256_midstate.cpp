#include "libcore/crypto/sha256_midstate.hpp"

#include <cryptopp/sha.h>

namespace carechain::crypto {
namespace {

constexpr std::size_t block_bytes = 64;

void compress(std::array<std::uint32_t, 8>& state, const std::uint8_t* block) {
  alignas(16) std::array<std::uint32_t, 16> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = load_be<std::uint32_t>(block + 4 * i);
  CryptoPP::SHA256::Transform(state.data(), words.data());
}

}  // namespace

Sha256Midstate::Sha256Midstate(ByteView beginning) {
  alignas(16) std::array<std::uint32_t, 8> state;
  CryptoPP::SHA256::InitState(state.data());
  for (std::size_t at = 0; at < beginning.size(); at += block_bytes) compress(state, beginning.data() + at);
  state_ = state;
  padding_[0] = 0x80000000;
  const std::uint64_t bits = 8 * (beginning.size() + block_bytes);
  padding_[14] = static_cast<std::uint32_t>(bits >> 32);
  padding_[15] = static_cast<std::uint32_t>(bits);
}

Hash Sha256Midstate::finish(ByteView last64) const {
  alignas(16) std::array<std::uint32_t, 8> state = state_;
  compress(state, last64.data());
  alignas(16) const std::array<std::uint32_t, 16> padding = padding_;
  CryptoPP::SHA256::Transform(state.data(), padding.data());
  Hash digest;
  for (std::size_t i = 0; i < state.size(); ++i) store_be(digest.data() + 4 * i, state[i]);
  return digest;
}

}  // namespace carechain::crypto
