#pragma once
// LtHash16x1024: a digest of a set of entries which can be brought up to date entry by entry, in any order and on many
// threads. Each entry's SHA-256 (key length u32 LE || key || value) seeds an AES-256-CTR stream of 2,048 bytes, read as
// 1,024 lanes of 16 bits LE; entries are added lane by lane modulo 2^16 and subtracted when they go.

#include <array>

#include "libcore/base/bytes.hpp"

namespace carechain::ledger {

class StateDigest {
 public:
  static constexpr std::size_t lanes = 1024;
  static constexpr std::size_t bytes = 2 * lanes;

  void add(std::string_view key, std::string_view value);
  void remove(std::string_view key, std::string_view value);
  void merge(const StateDigest& delta);  // adds another sum; a delta may hold removals

  Hash digest() const;  // SHA-256 of the lanes, each 16 bits LE

  Bytes save() const;                       // 2,048 bytes
  static StateDigest load(ByteView saved);  // requires 2,048 bytes

 private:
  alignas(64) std::array<std::uint16_t, lanes> sum_{};
};

}  // namespace carechain::ledger
