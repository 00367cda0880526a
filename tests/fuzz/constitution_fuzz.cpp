// A constitution, from YAML or from a block, is refused with an Error or founds a block 0 that says the same.
#include <cstdlib>

#include "libcore/ledger/block.hpp"

using namespace carechain;

namespace {

void check(const ledger::Constitution& constitution) {
  const Bytes bytes = ledger::founding_block(constitution);
  const auto again = ledger::read_founding_block(ledger::parse_block(bytes));
  if (encoding::encode_fields(again) != encoding::encode_fields(constitution)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto by_name = [](const std::string& name) {
    return crypto::public_key(SecretKey(Bytes(32, static_cast<std::uint8_t>(name.size()))));
  };
  try {
    check(ledger::read_constitution(encoding::parse_yaml(text_of(input), "f"), by_name, {Time{1}, {}}));
  } catch (const encoding::YamlFault&) {
  }
  try {
    const auto constitution = encoding::decode_fields<ledger::Constitution>(input);
    if (!same(encoding::encode_fields(constitution), input)) std::abort();
    if (!ledger::constitution_fault(constitution)) check(constitution);
  } catch (const encoding::CborFault&) {
  }
  return 0;
}
