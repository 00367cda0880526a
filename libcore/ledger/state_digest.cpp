#include "libcore/ledger/state_digest.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/system_random.hpp"

namespace carechain::ledger {
namespace {

using Lanes = std::array<std::uint16_t, StateDigest::lanes>;

void expand(std::string_view key, std::string_view value, Lanes& into) {
  std::array<std::uint8_t, 4> length;
  store_le(length.data(), static_cast<std::uint32_t>(key.size()));
  const Hash seed = crypto::sha256({length, view_of(key), view_of(value)});
  alignas(16) std::array<std::uint8_t, StateDigest::bytes> keystream;
  crypto::keystream(seed.bytes, keystream);
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = load_le<std::uint16_t>(keystream.data() + 2 * i);
}

}  // namespace

void StateDigest::add(std::string_view key, std::string_view value) {
  Lanes stream;
  expand(key, value, stream);
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] = static_cast<std::uint16_t>(sum_[i] + stream[i]);
}

void StateDigest::remove(std::string_view key, std::string_view value) {
  Lanes stream;
  expand(key, value, stream);
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
