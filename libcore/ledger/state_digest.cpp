#include "libcore/ledger/state_digest.hpp"

#include <bit>

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/system_random.hpp"

namespace carechain::ledger {
namespace {

using Lanes = std::array<std::uint16_t, StateDigest::lanes>;

Lanes expand(std::string_view key, std::string_view value) {
  std::array<std::uint8_t, 4> length;
  store_le(length.data(), static_cast<std::uint32_t>(key.size()));
  const Hash seed = crypto::sha256({length, view_of(key), view_of(value)});
  Lanes lanes;
  const std::span<std::uint8_t> stream(reinterpret_cast<std::uint8_t*>(lanes.data()), StateDigest::bytes);
  crypto::keystream(seed.bytes, stream);
  if constexpr (std::endian::native == std::endian::big)
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = load_le<std::uint16_t>(stream.data() + 2 * i);
  return lanes;
}

}  // namespace

void StateDigest::add(std::string_view key, std::string_view value) {
  const Lanes stream = expand(key, value);
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] = static_cast<std::uint16_t>(sum_[i] + stream[i]);
}

void StateDigest::remove(std::string_view key, std::string_view value) {
  const Lanes stream = expand(key, value);
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] = static_cast<std::uint16_t>(sum_[i] - stream[i]);
}

void StateDigest::merge(const StateDigest& delta) {
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] = static_cast<std::uint16_t>(sum_[i] + delta.sum_[i]);
}

Hash StateDigest::digest() const { return crypto::sha256(save()); }

Bytes StateDigest::save() const {
  Bytes saved(bytes);
  for (std::size_t i = 0; i < sum_.size(); ++i) store_le(saved.data() + 2 * i, sum_[i]);
  return saved;
}

StateDigest StateDigest::load(ByteView saved) {
  StateDigest sum;
  for (std::size_t i = 0; i < sum.sum_.size(); ++i) sum.sum_[i] = load_le<std::uint16_t>(saved.data() + 2 * i);
  return sum;
}

}  // namespace carechain::ledger
