#pragma once
// A file encrypted in chunks of 64 KiB of plaintext, the STREAM construction (as in age): AES-256-GCM, nonce = 7 zero
// bytes || counter u32 big-endian from 0 || 1 on the last chunk, else 0. Cutting, swapping, extending and an empty
// last chunk (unless the file is empty) are noticed. Memory stays at a few chunks however long the file is.
//
//   stream  = header || chunk*            (a file of n bytes has max(1, ceil(n / 65536)) chunks)
//   header  = "CCS1" || salt(32) || commitment(32)             68 bytes
//   file key   = HKDF(record key, salt, "carechain/file/1" || 0 || context)
//   commitment = HMAC-SHA-256(HKDF(record key, salt, "carechain/commit/1" || 0 || context), "commit"); checked first
//   chunk   = AES-256-GCM ciphertext || tag(16)
//
// The digest of a stream is the RFC 6962 root over its pieces: leaf 0 the header, then each chunk. Plaintext digest:
// RFC 6962 root over the plaintext's 64 KiB chunks (of an empty file: its one empty chunk), then HMAC-SHA-256(digest
// key, root || size u64 LE), so that both can be computed on all cores.

#include <cstdint>
#include <functional>

#include "libcore/base/random.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::crypto {

inline constexpr std::size_t chunk_plain = 64 * 1024;
inline constexpr std::size_t chunk_sealed = chunk_plain + 16;
inline constexpr std::size_t chunked_header = 68;
// Size of the stream of a file of `plain` bytes.
constexpr std::uint64_t chunked_size(std::uint64_t plain) {
  const std::uint64_t chunks = plain == 0 ? 1 : (plain + chunk_plain - 1) / chunk_plain;
  return chunked_header + plain + chunks * 16;
}

// Reads up to buffer.size() bytes; fewer only at the end; throws Error.
using Source = std::function<std::size_t(std::span<std::uint8_t> buffer)>;
// Takes all bytes; throws Error.
using Sink = std::function<void(ByteView)>;

struct ChunkedResult {
  std::uint64_t plain_size = 0;
  std::uint64_t sealed_size = 0;
  Hash sealed_root;   // RFC 6962 root over header and chunks
  Hash plain_digest;  // keyed, see above
};

// All three call source and sink from any of their threads, the caller's among them, but never two calls of source at
// once nor two of sink; what these throw reaches the caller as it is. Memory: 512 KiB, read and written, for each
// thread and once more. Throws Error above 2^32 chunks (256 TiB).

// Encrypts source into sink on `threads` threads (>= 1).
ChunkedResult seal_stream(const SecretKey& record_key, const SecretKey& digest_key, ByteView context, const Random&,
                          const Source&, const Sink&, unsigned threads);

// What opening computes beside the plaintext. The tags alone show that nobody without the record key touched the
// stream; the digest, that it is the very plaintext that was recorded, whoever has the key.
enum class Digest { plain, none };

// Decrypts; each chunk reaches the sink only after its tag was checked. Throws refusal() naming what is wrong: another
// key (commitment), an altered, cut, swapped or extended stream. The caller compares the plaintext's digest with what
// the chain says; the stream's root is not computed.
ChunkedResult open_stream(const SecretKey& record_key, const SecretKey& digest_key, ByteView context, const Source&,
                          const Sink&, unsigned threads, Digest = Digest::plain);

// The root of a stream without any key: for checking stored ciphertext. Throws only what the source throws; a stream
// cut in the middle of a chunk simply has another root.
ChunkedResult measure_stream(const Source&, unsigned threads);  // fills sealed_size and sealed_root

}  // namespace carechain::crypto
