// What decodes has exactly these bytes; skipping accepts what decoding accepts; so do fields.
#include <cstdlib>
#include <optional>

#include "libcore/encoding/fields.hpp"

using namespace carechain;
using namespace carechain::encoding;

namespace {

struct Sample {
  std::string a;
  std::vector<Sample> list;
  std::optional<Bytes> bb;
  std::uint64_t n = 0;
  template <class Visitor>
  void fields(Visitor& v) {
    v("list", list, "");
    v("a", a, "");
    v("n", n, "");
    v("bb", bb, "");
  }
};

template <class Deed>
auto tried(const Deed& deed) -> std::optional<decltype(deed())> {
  try {
    return deed();
  } catch (const CborFault&) {
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto value = tried([&] { return decode(input); });
  const auto skipped = tried([&] { return CborReader(input).skip(); });
  if (value && !same(encode(*value), input)) std::abort();
  if (value.has_value() != (skipped && skipped->size() == size)) std::abort();
  const auto sample = tried([&] { return decode_fields<Sample>(input); });
  if (sample && !same(encode_fields(*sample), input)) std::abort();
  return 0;
}
