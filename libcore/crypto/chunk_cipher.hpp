#pragma once
// AES-256-GCM of one file's chunks under one key; one instance a thread, so that the key is set up once.

#include <cstddef>
#include <cstdint>
#include <memory>

#include "libcore/base/secret.hpp"

namespace carechain::crypto {

inline constexpr std::size_t chunk_tag_size = 16;

class ChunkCipher {
 public:
  explicit ChunkCipher(const SecretKey& file_key);
  ~ChunkCipher();
  ChunkCipher(ChunkCipher&&) noexcept;

  // Writes plain.size() + chunk_tag_size bytes.
  void seal(std::uint32_t counter, bool last, ByteView plain, std::uint8_t* out);
  // Writes sealed.size() - chunk_tag_size bytes, worthless when false. Requires sealed.size() >= chunk_tag_size.
  bool open(std::uint32_t counter, bool last, ByteView sealed, std::uint8_t* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carechain::crypto
