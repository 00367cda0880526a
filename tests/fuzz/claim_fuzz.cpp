// Any bytes are claims, or refused with a place; nothing crashes, and what is read is well formed enough to be encoded.

#include <cstdlib>

#include "libcore/care/claim/claim_intake.hpp"
#include "libcore/encoding/fields.hpp"

using namespace carechain;
using namespace carechain::care::claim;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Names names;
  names.member = [](const std::string&) { return PublicKey(); };
  names.payer = [](const std::string&) { return PublicKey(); };
  names.provider = [](const std::string& identifier) { return identifier; };
  names.claim = [](const std::string&) { return std::nullopt; };
  names.digest = [](std::string_view) { return DocumentDigest(); };
  std::size_t at = 0;
  const auto read = [&](std::span<std::uint8_t> buffer) {
    const std::size_t count = std::min(buffer.size(), size - at);
    std::copy_n(data + at, count, buffer.begin());
    at += count;
    return count;
  };
  try {
    read_claims(read, names, [](SourceResult&& result) {
      if (!result.claim && (result.where.empty() || result.problem.empty())) std::abort();
    });
  } catch (const Error& refused) {
    if (refused.exit() != Exit::no) std::abort();
  }
  return 0;
}
