#pragma once
// AES-256-GCM of one file's chunks under one key; one instance a thread, so that the key is set up once.

#include <memory>

#include "libcore/base/secret.hpp"

namespace carechain::crypto {

class ChunkCipher {
 public:
  explicit ChunkCipher(const SecretKey& file_key);
  ~ChunkCipher();
  ChunkCipher(ChunkCipher&&) noexcept;

  // Writes plain.size() + 16 bytes.
  void seal(std::uint32_t counter, bool last, ByteView plain, std::uint8_t* out);
  // Writes sealed.size() - 16 bytes, worthless when false. Requires sealed.size() >= 16.
  bool open(std::uint32_t counter, bool last, ByteView sealed, std::uint8_t* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carechain::crypto
