// A block that parses, put together from its parts, has the same bytes; so has its header.
#include <cstdlib>

#include "libcore/ledger/block.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (const auto header = ledger::decode_header(input);
      header && !same(ledger::encode(*header), input.first(ledger::header_bytes)))
    std::abort();
  try {
    const ledger::BlockView block = ledger::parse_block(input);
    if (block.hash != ledger::block_hash(input)) std::abort();
    if (block.header.height > 0 &&
        !same(ledger::assemble_block(block.header, block.signature, block.transactions), input))
      std::abort();
    if (block.header.height == 0) ledger::read_founding_block(block);
  } catch (const Error&) {
  }
  return 0;
}
