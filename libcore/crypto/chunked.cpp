#include "libcore/crypto/chunked.hpp"

#include <limits>

#include "libcore/base/error.hpp"
#include "libcore/crypto/chunk_cipher.hpp"
#include "libcore/crypto/chunk_flow.hpp"
#include "libcore/crypto/merkle.hpp"

namespace carechain::crypto {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view magic = "CCS1";
constexpr std::size_t salt_size = 32;
static_assert(chunk_sealed == chunk_plain + chunk_tag_size);
constexpr std::uint64_t max_chunks = std::uint64_t{1} << 32;

SecretKey derive(const SecretKey& record_key, ByteView salt, std::string_view label, ByteView context) {
  Bytes info = bytes_of(label);
  info.push_back(0);
  append(info, context);
  return hkdf_key(record_key.view(), salt, info);
}

Hash commitment(const SecretKey& record_key, ByteView salt, ByteView context) {
  return hmac_sha256(derive(record_key, salt, "carechain/commit/1", context).view(), view_of("commit"));
}

Bytes make_header(const SecretKey& record_key, ByteView context, const Random& random) {
  Bytes header(chunked_header);
  const std::span<std::uint8_t> salt(header.data() + magic.size(), salt_size);
  std::ranges::copy(view_of(magic), header.begin());
  random(salt);
  std::ranges::copy(commitment(record_key, salt, context).bytes, header.end() - Hash::size);
  return header;
}

ByteView salt_of(ByteView header) { return header.subspan(magic.size(), salt_size); }

Bytes read_header(const Source& source) {
  Bytes header(chunked_header);
  header.resize(source(header));
  return header;
}

void check_header(ByteView header, const SecretKey& record_key, ByteView context) {
  if (!same(header.first(std::min(header.size(), magic.size())), view_of(magic.substr(0, header.size()))))
    throw refusal("this is not an encrypted record");
  if (header.size() < chunked_header) throw refusal("the encrypted record is cut within its first 68 bytes");
  const Hash expected = commitment(record_key, salt_of(header), context);
  if (!equal_in_constant_time(header.subspan(magic.size() + salt_size), expected.view()))
    throw refusal("this key does not belong to the encrypted record, or its first 68 bytes were altered");
}

// Calls each(chunk number, whether it is the stream's last, bytes) for the pieces of a batch; an empty batch has none.
template <class Each>
void for_pieces(Batch& batch, std::size_t piece_size, Each each) {
  ByteView rest = batch.input();
  for (std::uint64_t chunk = batch.first_chunk(); !rest.empty(); ++chunk) {
    const ByteView piece = rest.first(std::min(rest.size(), piece_size));
    rest = rest.subspan(piece.size());
    each(chunk, batch.last && rest.empty(), piece);
  }
}

void clear_results(Batch& batch) {
  batch.out_size = 0;
  batch.plain_leaves.clear();
  batch.sealed_leaves.clear();
  batch.fault.clear();
}

class Sealing {
 public:
  explicit Sealing(const SecretKey& file_key) : cipher_(file_key) {}

  void operator()(Batch& batch) {
    clear_results(batch);
    batch.out.room(batch_chunks * chunk_sealed);
    if (batch.in_size == 0) seal(batch, 0, true, {});
    for_pieces(batch, chunk_plain,
               [&](std::uint64_t chunk, bool last, ByteView plain) { seal(batch, chunk, last, plain); });
  }

 private:
  void seal(Batch& batch, std::uint64_t chunk, bool last, ByteView plain) {
    if (chunk >= max_chunks) throw Error("the file is larger than 256 TiB");
    std::uint8_t* out = batch.out.data() + batch.out_size;
    cipher_.seal(static_cast<std::uint32_t>(chunk), last, plain, out);
    batch.plain_leaves.push_back(merkle_leaf(plain));
    batch.sealed_leaves.push_back(merkle_leaf({out, plain.size() + chunk_tag_size}));
    batch.out_size += plain.size() + chunk_tag_size;
  }

  ChunkCipher cipher_;
};

class Opening {
 public:
  Opening(const SecretKey& file_key, Digest digest) : cipher_(file_key), digest_(digest) {}

  void operator()(Batch& batch) {
    clear_results(batch);
    batch.out.room(batch_chunks * chunk_plain);
    if (batch.in_size == 0) batch.fault = "the encrypted record is cut: nothing follows its first 68 bytes";
    for_pieces(batch, chunk_sealed, [&](std::uint64_t chunk, bool last, ByteView sealed) {
      if (batch.fault.empty()) open(batch, chunk, last, sealed);
    });
  }

 private:
  void open(Batch& batch, std::uint64_t chunk, bool last, ByteView sealed) {
    std::uint8_t* out = batch.out.data() + batch.out_size;
    batch.fault = fault_of(chunk, last, sealed, out);
    if (!batch.fault.empty()) return;
    if (digest_ == Digest::plain) batch.plain_leaves.push_back(merkle_leaf({out, sealed.size() - chunk_tag_size}));
    batch.out_size += sealed.size() - chunk_tag_size;
  }

  // Opens the chunk; when its tag does not fit, the other reading of its place says whether the end was moved.
  std::string fault_of(std::uint64_t chunk, bool last, ByteView sealed, std::uint8_t* out) {
    const std::string name = "chunk " + std::to_string(chunk);
    if (chunk >= max_chunks) return "the encrypted record is longer than any file can be";
    if (sealed.size() < chunk_tag_size) return "the encrypted record is cut or extended: its " + name + " is too short";
    const auto counter = static_cast<std::uint32_t>(chunk);
    if (cipher_.open(counter, last, sealed, out)) {
      const bool idle = sealed.size() == chunk_tag_size && chunk > 0;
      return idle ? "the encrypted record is malformed: its last chunk is empty" : "";
    }
    if (!cipher_.open(counter, !last, sealed, out)) {
      const bool whole = sealed.size() == chunk_sealed;
      return (whole ? "the encrypted record was altered in its " : "the encrypted record is cut or altered in its ") +
             name;
    }
    return last ? "the encrypted record is cut after its " + name
                : "the encrypted record was extended after its " + name;
  }

  ChunkCipher cipher_;
  Digest digest_;
};

// Collects the leaves of batches in order.
struct Tally {
  ChunkedResult result;
  MerkleFrontier sealed, plain;

  explicit Tally(ByteView header) {
    result.sealed_size = header.size();
    if (!header.empty()) sealed.append(merkle_leaf(header));
  }
  void add(const Batch& batch, std::size_t plain_size, std::size_t sealed_size) {
    result.plain_size += plain_size;
    result.sealed_size += sealed_size;
    for (const Hash& leaf : batch.sealed_leaves) sealed.append(leaf);
    for (const Hash& leaf : batch.plain_leaves) plain.append(leaf);
  }
  ChunkedResult plain_digest(const SecretKey& digest_key) {
    std::array<std::uint8_t, 8> size;
    store_le(size.data(), result.plain_size);
    result.plain_digest = HmacSha256(digest_key.view()).update(plain.root().view()).update(size).finish();
    return result;
  }
  ChunkedResult sealed_root() {
    result.sealed_root = sealed.root();
    return result;
  }
};

}  // namespace

ChunkedResult seal_stream(const SecretKey& record_key, const SecretKey& digest_key, ByteView context,
                          const Random& random, const Source& source, const Sink& sink, unsigned threads) {
  const Bytes header = make_header(record_key, context, random);
  const SecretKey file_key = derive(record_key, salt_of(header), "carechain/file/1", context);
  Tally tally(header);
  sink(header);
  const auto make_work = [&file_key]() -> Work {
    return [sealing = std::make_shared<Sealing>(file_key)](Batch& batch) { (*sealing)(batch); };
  };
  const auto finish = [&](Batch& batch) {
    sink(batch.output());
    tally.add(batch, batch.in_size, batch.out_size);
  };
  flow(source, chunk_plain, make_work, finish, threads);
  tally.sealed_root();
  return tally.plain_digest(digest_key);
}

ChunkedResult open_stream(const SecretKey& record_key, const SecretKey& digest_key, ByteView context,
                          const Source& source, const Sink& sink, unsigned threads, Digest digest) {
  const Bytes header = read_header(source);
  check_header(header, record_key, context);
  const SecretKey file_key = derive(record_key, salt_of(header), "carechain/file/1", context);
  Tally tally(header);
  const auto make_work = [&file_key, digest]() -> Work {
    return [opening = std::make_shared<Opening>(file_key, digest)](Batch& batch) { (*opening)(batch); };
  };
  const auto finish = [&](Batch& batch) {
    if (!batch.fault.empty()) throw refusal(batch.fault);
    sink(batch.output());
    tally.add(batch, batch.out_size, batch.in_size);
  };
  flow(source, chunk_sealed, make_work, finish, threads);
  return digest == Digest::plain ? tally.plain_digest(digest_key) : tally.result;
}

ChunkedResult measure_stream(const Source& source, unsigned threads) {
  const Bytes header = read_header(source);
  Tally tally(header);
  if (header.size() < chunked_header) return tally.sealed_root();
  const auto work = [](Batch& batch) {
    clear_results(batch);
    for_pieces(batch, chunk_sealed,
               [&](std::uint64_t, bool, ByteView sealed) { batch.sealed_leaves.push_back(merkle_leaf(sealed)); });
  };
  const auto finish = [&](Batch& batch) { tally.add(batch, 0, batch.in_size); };
  flow(
      source, chunk_sealed, [&work]() -> Work { return work; }, finish, threads);
  return tally.sealed_root();
}

}  // namespace carechain::crypto
