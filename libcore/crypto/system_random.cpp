#include "libcore/crypto/system_random.hpp"

#include <cryptopp/aes.h>
#include <sys/random.h>

#include <cerrno>
#include <cstring>

#include "libcore/base/error.hpp"

namespace carechain::crypto {

Random system_random() {
  return [](std::span<std::uint8_t> out) {
    while (!out.empty()) {
      const ssize_t got = getrandom(out.data(), out.size(), 0);
      if (got >= 0)
        out = out.subspan(static_cast<std::size_t>(got));
      else if (errno != EINTR)
        throw Error(std::string("the system gives no random bytes: ") + std::strerror(errno));
    }
  };
}

// The block cipher is asked for counter blocks itself: setting up Crypto++'s CTR mode would cost more than the bytes.
// One call may not carry out of the counter's last byte, so it makes at most 256 blocks. A thread's cipher is used
// again and again: its key's memory is asked for once.
void keystream(const std::array<std::uint8_t, 32>& seed, std::span<std::uint8_t> out) {
  constexpr std::size_t block = CryptoPP::AES::BLOCKSIZE;
  thread_local CryptoPP::AES::Encryption aes;
  aes.SetKey(seed.data(), seed.size());
  alignas(16) std::array<std::uint8_t, block> counter{};
  for (std::uint64_t next = 0; !out.empty(); next += 256) {
    store_be(counter.data() + 8, next);
    const std::size_t whole = std::min(out.size() / block, std::size_t{256}) * block;
    if (whole > 0)
      aes.AdvancedProcessBlocks(
          counter.data(), nullptr, out.data(), whole,
          CryptoPP::BlockTransformation::BT_InBlockIsCounter | CryptoPP::BlockTransformation::BT_AllowParallel);
    out = out.subspan(whole);
    if (out.empty() || whole == 256 * block) continue;
    store_be(counter.data() + 8, next + whole / block);
    aes.ProcessBlock(counter.data());
    std::ranges::copy(std::span(counter).first(out.size()), out.begin());
    return;
  }
}

}  // namespace carechain::crypto
