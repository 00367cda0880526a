#include "libcore/crypto/chunked.hpp"

#include <atomic>

#include "libcore/base/error.hpp"
#include "libcore/crypto/chunk_flow.hpp"
#include "libcore/crypto/merkle.hpp"
#include "libcore/crypto/seal.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;

namespace {

const SecretKey record_key(Bytes(32, 1));
const SecretKey digest_key(Bytes(32, 2));
const Bytes context = bytes_of("ledger, record, version");

Source checked_source_of(ByteView bytes) {
  return [bytes, ended = false](std::span<std::uint8_t> buffer) mutable {
    CHECK_FALSE(ended);  // nobody asks again after a short answer
    const std::size_t count = std::min(buffer.size(), bytes.size());
    std::copy_n(bytes.begin(), count, buffer.begin());
    bytes = bytes.subspan(count);
    ended = count < buffer.size();
    return count;
  };
}

Sink sink_to(Bytes& out) {
  return [&out](ByteView more) { append(out, more); };
}

Bytes some_bytes(std::size_t size) {
  Bytes bytes(size);
  std::array<std::uint8_t, 32> seed{};
  keystream(seed, bytes);
  return bytes;
}

struct Sealed {
  Bytes bytes;
  ChunkedResult result;
};

Sealed sealed(ByteView plain, unsigned threads = 1) {
  Sealed out;
  out.result = seal_stream(record_key, digest_key, context, test::repeatable(9), checked_source_of(plain),
                           sink_to(out.bytes), threads);
  return out;
}

// What a refused stream is refused for; "" when it opens. Nothing unchecked may reach the sink.
std::string refused(ByteView stream, unsigned threads = 1) {
  Bytes out;
  try {
    open_stream(record_key, digest_key, context, checked_source_of(stream), sink_to(out), threads);
    return "";
  } catch (const Error& e) {
    CHECK(e.exit() == Exit::no);
    return e.what();
  }
}

Hash slow_sealed_root(ByteView stream) {
  std::vector<Hash> leaves{merkle_leaf(stream.first(chunked_header))};
  for (std::size_t at = chunked_header; at < stream.size(); at += chunk_sealed)
    leaves.push_back(merkle_leaf(stream.subspan(at, std::min(chunk_sealed, stream.size() - at))));
  return merkle_root(leaves);
}

Hash slow_plain_digest(ByteView plain) {
  std::vector<Hash> leaves;
  for (std::size_t at = 0; at == 0 || at < plain.size(); at += chunk_plain)
    leaves.push_back(merkle_leaf(plain.subspan(at, std::min(chunk_plain, plain.size() - at))));
  Bytes message = copy_of(merkle_root(leaves).view());
  message.resize(40);
  store_le(message.data() + 32, std::uint64_t{plain.size()});
  return hmac_sha256(digest_key.view(), message);
}

bool same_sizes(const ChunkedResult& a, const ChunkedResult& b) {
  return a.plain_size == b.plain_size && a.sealed_size == b.sealed_size;
}

}  // namespace

TEST_CASE("files of every awkward size come back, with the digests of the definition, on any number of threads") {
  constexpr std::size_t batch = batch_chunks * chunk_plain;
  for (std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{15}, chunk_plain - 1, chunk_plain, chunk_plain + 1, 2 * chunk_plain,
        3 * chunk_plain + 77, batch - 1, batch, batch + 1, 2 * batch, 7 * batch + 5}) {
    CAPTURE(size);
    const Bytes plain = some_bytes(size);
    const Sealed one = sealed(plain);
    CHECK(one.bytes.size() == chunked_size(size));
    CHECK(one.result.plain_size == size);
    CHECK(one.result.sealed_size == one.bytes.size());
    CHECK(one.result.sealed_root == slow_sealed_root(one.bytes));
    CHECK(one.result.plain_digest == slow_plain_digest(plain));
    for (unsigned threads : {1U, 2U, 5U}) {
      CHECK(sealed(plain, threads).bytes == one.bytes);
      Bytes opened;
      const auto result =
          open_stream(record_key, digest_key, context, checked_source_of(one.bytes), sink_to(opened), threads);
      CHECK(opened == plain);
      CHECK(same_sizes(result, one.result));
      CHECK(result.plain_digest == one.result.plain_digest);
      Bytes quickly;
      const auto without = open_stream(record_key, digest_key, context, checked_source_of(one.bytes), sink_to(quickly),
                                       threads, Digest::none);
      CHECK(quickly == plain);
      CHECK(same_sizes(without, one.result));
      CHECK(without.plain_digest == Hash{});
      const auto measured = measure_stream(checked_source_of(one.bytes), threads);
      CHECK(measured.sealed_root == one.result.sealed_root);
      CHECK(measured.sealed_size == one.bytes.size());
    }
  }
}

TEST_CASE("the bytes of a stream are those of the format") {
  const Bytes plain = some_bytes(chunk_plain + 3);
  const Bytes stream = sealed(plain).bytes;
  const ByteView header = ByteView(stream).first(chunked_header);
  const ByteView salt = header.subspan(4, 32);
  CHECK(text_of(header.first(4)) == "CCS1");
  Bytes info = bytes_of(std::string("carechain/commit/1") + '\0');
  append(info, context);
  CHECK(
      same(header.subspan(36), hmac_sha256(hkdf_key(record_key.view(), salt, info).view(), view_of("commit")).view()));
  info = bytes_of(std::string("carechain/file/1") + '\0');
  append(info, context);
  const SecretKey file_key = hkdf_key(record_key.view(), salt, info);
  const Bytes first =
      aead_seal(file_key, test::from_hex("000000000000000000000000"), {}, ByteView(plain).first(chunk_plain));
  const Bytes last =
      aead_seal(file_key, test::from_hex("000000000000000000000101"), {}, ByteView(plain).subspan(chunk_plain));
  CHECK(same(ByteView(stream).subspan(chunked_header, chunk_sealed), first));
  CHECK(same(ByteView(stream).subspan(chunked_header + chunk_sealed), last));
}

TEST_CASE("another key or context is told from damage") {
  const Bytes stream = sealed(some_bytes(10)).bytes;
  Bytes out;
  const auto open = [&](const SecretKey& key, ByteView where) {
    open_stream(key, digest_key, where, checked_source_of(stream), sink_to(out), 1);
  };
  CHECK_THROWS_WITH_AS(open(digest_key, context), doctest::Contains("this key does not belong"), Error);
  CHECK_THROWS_WITH_AS(open(record_key, view_of("other")), doctest::Contains("this key does not belong"), Error);
  CHECK(out.empty());
}

TEST_CASE("a stream cut anywhere is refused") {
  const Bytes stream = sealed(some_bytes(2 * chunk_plain)).bytes;
  const ByteView all(stream);
  for (std::size_t size = 0; size <= chunked_header + 40; ++size) CHECK_FALSE(refused(all.first(size)).empty());
  for (std::size_t end : {chunked_header + chunk_sealed, chunked_header + 2 * chunk_sealed})
    for (std::size_t less = 1; less < 40; ++less) CHECK_FALSE(refused(all.first(end - less)).empty());
  CHECK(refused(all.first(chunked_header + chunk_sealed)) == "the encrypted record is cut after its chunk 0");
  CHECK(refused(all.first(all.size() - 1)) == "the encrypted record is cut or altered in its chunk 1");
  CHECK(refused(all.first(chunked_header)) == "the encrypted record is cut: nothing follows its first 68 bytes");
  CHECK(refused(all.first(67)) == "the encrypted record is cut within its first 68 bytes");
  CHECK(refused({}) == "the encrypted record is cut within its first 68 bytes");
}

TEST_CASE("a stream with more at its end is refused") {
  const Bytes stream = sealed(some_bytes(2 * chunk_plain)).bytes;
  for (std::size_t more : {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{17}, chunk_sealed}) {
    Bytes longer = stream;
    append(longer, Bytes(more, 0));
    CHECK(refused(longer) == "the encrypted record was extended after its chunk 1");
  }
  Bytes twice = stream;
  append(twice, ByteView(stream).subspan(chunked_header + chunk_sealed));
  CHECK(refused(twice) == "the encrypted record was extended after its chunk 1");
  Bytes in_chunk = sealed(some_bytes(100)).bytes;
  in_chunk.push_back(0);
  CHECK(refused(in_chunk) == "the encrypted record is cut or altered in its chunk 0");
}

TEST_CASE("an empty last chunk behind others is refused even when its tag fits") {
  const Bytes stream = sealed(some_bytes(2 * chunk_plain)).bytes;
  Bytes info = bytes_of(std::string("carechain/file/1") + '\0');
  append(info, context);
  const SecretKey file_key = hkdf_key(record_key.view(), ByteView(stream).subspan(4, 32), info);
  Bytes forged(stream.begin(), stream.begin() + chunked_header);
  append(forged, aead_seal(file_key, test::from_hex("000000000000000000000000"), {}, some_bytes(chunk_plain)));
  append(forged, aead_seal(file_key, test::from_hex("000000000000000000000101"), {}, {}));
  CHECK(refused(forged) == "the encrypted record is malformed: its last chunk is empty");
}

TEST_CASE("swapped and repeated chunks are refused") {
  const Bytes stream = sealed(some_bytes(3 * chunk_plain)).bytes;
  const auto chunk = [&](std::size_t i) {
    return stream.begin() + static_cast<std::ptrdiff_t>(chunked_header + i * chunk_sealed);
  };
  Bytes swapped = stream;
  std::swap_ranges(swapped.begin() + (chunk(0) - stream.begin()), swapped.begin() + (chunk(1) - stream.begin()),
                   swapped.begin() + (chunk(1) - stream.begin()));
  CHECK(refused(swapped) == "the encrypted record was altered in its chunk 0");
  Bytes repeated = stream;
  std::copy(chunk(0), chunk(1), repeated.begin() + (chunk(1) - stream.begin()));
  CHECK(refused(repeated) == "the encrypted record was altered in its chunk 1");
  Bytes shorter(stream.begin(), chunk(1));
  shorter.insert(shorter.end(), chunk(2), stream.end());
  CHECK(refused(shorter) == "the encrypted record was altered in its chunk 1");
}

TEST_CASE("a flipped bit anywhere is refused and gives another root") {
  const Sealed one = sealed(some_bytes(chunk_plain + 10));
  for (std::size_t at = 0; at < one.bytes.size(); at += at < 100 || at > chunk_sealed + 40 ? 1 : 997) {
    Bytes altered = one.bytes;
    altered[at] ^= 0x10;
    CHECK_FALSE(refused(altered).empty());
    CHECK(measure_stream(checked_source_of(altered), 1).sealed_root != one.result.sealed_root);
  }
}

TEST_CASE("damage late in a long stream leaves only whole checked bytes behind") {
  constexpr std::size_t size = 70 * chunk_plain;
  const Bytes plain = some_bytes(size);
  Bytes stream = sealed(plain, 2).bytes;
  stream[chunked_header + 50 * chunk_sealed + 9] ^= 1;
  for (unsigned threads : {1U, 3U}) {
    Bytes out;
    CHECK_THROWS_WITH_AS(open_stream(record_key, digest_key, context, checked_source_of(stream), sink_to(out), threads),
                         "the encrypted record was altered in its chunk 50", Error);
    CHECK(out.size() <= 50 * chunk_plain);
    CHECK(same(out, ByteView(plain).first(out.size())));
  }
}

// Notices whether two threads were within it at once.
class Alone {
 public:
  class Visit {
   public:
    explicit Visit(Alone& place) : place_(place) {
      if (place_.inside_.fetch_add(1) != 0) place_.crowded_ = true;
    }
    ~Visit() { --place_.inside_; }

   private:
    Alone& place_;
  };
  bool crowded() const { return crowded_; }

 private:
  std::atomic<int> inside_ = 0;
  std::atomic<bool> crowded_ = false;
};

TEST_CASE("neither source nor sink is called by two threads at once") {
  const Bytes plain = some_bytes(100 * chunk_plain);
  Alone reading, writing;
  Bytes out;
  const Source good = checked_source_of(plain);
  const Source source = [&](std::span<std::uint8_t> buffer) {
    const Alone::Visit here(reading);
    return good(buffer);
  };
  const Sink sink = [&](ByteView bytes) {
    const Alone::Visit here(writing);
    append(out, bytes);
  };
  seal_stream(record_key, digest_key, context, test::repeatable(1), source, sink, 8);
  CHECK(!reading.crowded());
  CHECK(!writing.crowded());
  CHECK(out.size() == chunked_size(plain.size()));
}

TEST_CASE("what source or sink throw reaches the caller") {
  const Bytes plain = some_bytes(100 * chunk_plain);
  for (unsigned threads : {1U, 2U, 4U})
    for (std::size_t at : {std::size_t{0}, 30 * chunk_plain, 90 * chunk_plain}) {
      std::size_t read = 0, written = 0;
      const Source good = checked_source_of(plain);
      const Source bad_source = [&](std::span<std::uint8_t> buffer) {
        if (read >= at) throw Error("the disk is gone");
        read += buffer.size();
        return good(buffer);
      };
      const Sink bad_sink = [&](ByteView bytes) {
        if (written >= at) throw Error("the disk is full");
        written += bytes.size();
      };
      Bytes out;
      CHECK_THROWS_WITH_AS(
          seal_stream(record_key, digest_key, context, test::repeatable(1), bad_source, sink_to(out), threads),
          "the disk is gone", Error);
      CHECK_THROWS_WITH_AS(seal_stream(record_key, digest_key, context, test::repeatable(1), checked_source_of(plain),
                                       bad_sink, threads),
                           "the disk is full", Error);
    }
}

TEST_CASE("a stream cut within its header still has a root") {
  CHECK(measure_stream(checked_source_of({}), 1).sealed_root == sha256(ByteView{}));
  CHECK(measure_stream(checked_source_of(view_of("CCS1")), 1).sealed_root == merkle_leaf(view_of("CCS1")));
}
