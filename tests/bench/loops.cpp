// What the machine can do at best: bare Crypto++ in a loop, nothing of libcore.
//
//   loops verify|headers|seal|open|check THREADS SECONDS
//
//   verify   Ed25519 verifications of a message of 295 bytes, as a grant of make_chain has to be signed
//   headers  SHA-256 of 192 bytes
//   seal     bytes through AES-256-GCM and SHA-256 of plaintext and ciphertext, 64 KiB at a time
//   open     bytes through AES-256-GCM decryption, 64 KiB at a time
//   check    the same and SHA-256 of the plaintext
//
// Prints "ready" before it begins, and in the end, after SECONDS or at a SIGTERM, {"done":…,"seconds":…,"cpu":…}.

#include <cryptopp/aes.h>
#include <cryptopp/donna.h>
#include <cryptopp/gcm.h>
#include <cryptopp/sha.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t chunk = 64 * 1024;
constexpr std::size_t tag = 16;
constexpr unsigned rounds = 16;  // between two looks at the clock

using Clock = std::chrono::steady_clock;
using Digest = std::array<std::uint8_t, 32>;
using Step = std::function<std::uint64_t()>;  // does one piece of work, says how much it was

Digest sha256(const std::uint8_t* data, std::size_t size) {
  Digest digest;
  CryptoPP::SHA256().CalculateDigest(digest.data(), data, size);
  return digest;
}

// Different ones in turn, since the time of one depends on its digits, and a processor learns those of a single one.
Step verify() {
  struct Signed {
    Digest key;
    std::array<std::uint8_t, 295> message;
    std::array<std::uint8_t, 64> signature;
  };
  std::vector<Signed> all(1000);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Digest seed = sha256(reinterpret_cast<const std::uint8_t*>(&i), sizeof i);
    all[i].message.fill(seed[0]);
    CryptoPP::Donna::ed25519_publickey(all[i].key.data(), seed.data());
    CryptoPP::Donna::ed25519_sign(all[i].message.data(), all[i].message.size(), seed.data(), all[i].key.data(),
                                  all[i].signature.data());
  }
  return [all, next = std::size_t{0}]() mutable -> std::uint64_t {
    const Signed& one = all[next++ % all.size()];
    const int bad = CryptoPP::Donna::ed25519_sign_open(one.message.data(), one.message.size(), one.key.data(),
                                                       one.signature.data());
    return bad == 0 ? 1 : 0;
  };
}

Step headers() {
  return [header = std::array<std::uint8_t, 192>{}, nonce = std::uint64_t{0}]() mutable -> std::uint64_t {
    for (unsigned i = 0; i < 1024; ++i, ++nonce) {
      for (unsigned byte = 0; byte < 8; ++byte) header[184 + byte] = static_cast<std::uint8_t>(nonce >> (8 * byte));
      const Digest digest = sha256(header.data(), header.size());
      if (digest[0] == 0 && digest[1] == 0 && digest[2] == 0 && digest[3] == 0 && digest[4] == 0) std::puts("found");
    }
    return 1024;
  };
}

struct Buffers {
  std::vector<std::uint8_t> plain = std::vector<std::uint8_t>(chunk, 7),
                            sealed = std::vector<std::uint8_t>(chunk + tag);
  Digest key{3};
  std::array<std::uint8_t, 12> nonce{};
};

Step seal() {
  auto cipher = std::make_shared<CryptoPP::GCM<CryptoPP::AES>::Encryption>();
  return [cipher, b = Buffers(), fresh = true]() mutable -> std::uint64_t {
    if (fresh) cipher->SetKeyWithIV(b.key.data(), b.key.size(), b.nonce.data(), b.nonce.size());
    fresh = false;
    cipher->EncryptAndAuthenticate(b.sealed.data(), b.sealed.data() + chunk, tag, b.nonce.data(), 12, nullptr, 0,
                                   b.plain.data(), chunk);
    b.plain[0] ^= sha256(b.sealed.data(), b.sealed.size())[0];
    b.plain[1] ^= sha256(b.plain.data(), b.plain.size())[0];
    return chunk;
  };
}

Step open(bool digest) {
  auto cipher = std::make_shared<CryptoPP::GCM<CryptoPP::AES>::Decryption>();
  Buffers b;
  CryptoPP::GCM<CryptoPP::AES>::Encryption encryption;
  encryption.SetKeyWithIV(b.key.data(), b.key.size(), b.nonce.data(), b.nonce.size());
  encryption.EncryptAndAuthenticate(b.sealed.data(), b.sealed.data() + chunk, tag, b.nonce.data(), 12, nullptr, 0,
                                    b.plain.data(), chunk);
  cipher->SetKeyWithIV(b.key.data(), b.key.size(), b.nonce.data(), b.nonce.size());
  return [cipher, b, digest]() mutable -> std::uint64_t {
    const bool whole = cipher->DecryptAndVerify(b.plain.data(), b.sealed.data() + chunk, tag, b.nonce.data(), 12,
                                                nullptr, 0, b.sealed.data(), chunk);
    if (digest && sha256(b.plain.data(), chunk)[0] == 1) std::puts("one");
    return whole ? chunk : 0;
  };
}

Step step_of(std::string_view name) {
  if (name == "verify") return verify();
  if (name == "headers") return headers();
  if (name == "seal") return seal();
  if (name == "open" || name == "check") return open(name == "check");
  std::exit(2);
}

std::atomic<bool> over = false;

std::uint64_t repeat(const Step& step, Clock::time_point end) {
  std::uint64_t done = 0;
  while (!over && Clock::now() < end)
    for (unsigned i = 0; i < rounds; ++i) done += step();
  return done;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const unsigned threads = static_cast<unsigned>(std::atoi(argv[2]));
  std::vector<Step> steps;
  for (unsigned i = 0; i < threads; ++i) steps.push_back(step_of(argv[1]));
  std::vector<std::uint64_t> done(threads);
  std::signal(SIGTERM, [](int) { over = true; });
  std::puts("ready");
  std::fflush(stdout);
  const double cpu = cpu_seconds();
  const auto begin = Clock::now();
  const auto end =
      begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::atof(argv[3])));
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back([&, i] { done[i] = repeat(steps[i], end); });
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::uint64_t sum = 0;
  for (const std::uint64_t part : done) sum += part;
  std::printf("{\"done\":%llu,\"seconds\":%.6f,\"cpu\":%.6f}\n", static_cast<unsigned long long>(sum), seconds,
              cpu_seconds() - cpu);
}
