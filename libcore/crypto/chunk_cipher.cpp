#include "libcore/crypto/chunk_cipher.hpp"

#include <cryptopp/aes.h>
#include <cryptopp/gcm.h>

namespace carechain::crypto {
namespace {

using Nonce = std::array<std::uint8_t, 12>;

Nonce chunk_nonce(std::uint32_t counter, bool last) {
  Nonce nonce{};
  store_be(nonce.data() + 7, counter);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

}  // namespace

struct ChunkCipher::State {
  CryptoPP::GCM<CryptoPP::AES>::Encryption encryption;
  CryptoPP::GCM<CryptoPP::AES>::Decryption decryption;
};

ChunkCipher::ChunkCipher(const SecretKey& file_key) : state_(std::make_unique<State>()) {
  const Nonce any{};  // Crypto++ wants one with the key; each chunk brings its own
  state_->encryption.SetKeyWithIV(file_key.data(), SecretKey::size, any.data(), any.size());
  state_->decryption.SetKeyWithIV(file_key.data(), SecretKey::size, any.data(), any.size());
}
ChunkCipher::~ChunkCipher() = default;
ChunkCipher::ChunkCipher(ChunkCipher&&) noexcept = default;

void ChunkCipher::seal(std::uint32_t counter, bool last, ByteView plain, std::uint8_t* out) {
  const Nonce nonce = chunk_nonce(counter, last);
  state_->encryption.EncryptAndAuthenticate(out, out + plain.size(), chunk_tag_size, nonce.data(), nonce.size(),
                                            nullptr, 0, plain.data(), plain.size());
}

bool ChunkCipher::open(std::uint32_t counter, bool last, ByteView sealed, std::uint8_t* out) {
  const Nonce nonce = chunk_nonce(counter, last);
  const std::size_t size = sealed.size() - chunk_tag_size;
  return state_->decryption.DecryptAndVerify(out, sealed.data() + size, chunk_tag_size, nonce.data(), nonce.size(),
                                             nullptr, 0, sealed.data(), size);
}

}  // namespace carechain::crypto
