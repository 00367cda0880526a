// Sealed bytes open as they were; with one byte changed, or with the fuzzer's bytes behind a true header, they do not
// open as anything else.

#include <cstdlib>
#include <optional>

#include "libcore/base/error.hpp"
#include "libcore/crypto/chunked.hpp"
#include "libcore/crypto/system_random.hpp"

using namespace carechain;

namespace {

const SecretKey key(Bytes(32, 1));

crypto::Source source_of(ByteView bytes) {
  return [bytes](std::span<std::uint8_t> buffer) mutable {
    const std::size_t count = std::min(buffer.size(), bytes.size());
    std::copy_n(bytes.begin(), count, buffer.begin());
    bytes = bytes.subspan(count);
    return count;
  };
}

// nullopt: refused.
std::optional<Bytes> opened(ByteView stream) {
  Bytes plain;
  try {
    crypto::open_stream(
        key, key, {}, source_of(stream), [&](ByteView more) { append(plain, more); }, 1);
  } catch (const Error&) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const ByteView tail(data, size);
  const Random random = [](std::span<std::uint8_t> out) { crypto::keystream({}, out); };
  // The first bytes say how long the file is and where it is changed.
  Bytes plain(load_le<std::uint16_t>(data) * std::size_t{3});
  std::copy_n(data, std::min(size, plain.size()), plain.begin());
  Bytes stream;
  crypto::seal_stream(
      key, key, {}, random, source_of(plain), [&](ByteView more) { append(stream, more); }, 1);
  if (stream.size() != crypto::chunked_size(plain.size()) || opened(stream) != plain) std::abort();

  Bytes foreign(stream.begin(), stream.begin() + crypto::chunked_header);
  append(foreign, tail);
  if (opened(foreign) || opened(tail)) std::abort();
  Bytes altered = stream;
  altered[load_le<std::uint16_t>(data + 2) * std::size_t{3} % altered.size()] ^= 0x40;
  if (opened(altered)) std::abort();
  return 0;
}
