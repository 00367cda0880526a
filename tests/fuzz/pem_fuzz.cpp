// A key file of any bytes is read or refused with an Error; what was read is written and read again as the same.

#include <cstdlib>

#include "libcore/base/error.hpp"
#include "libcore/crypto/key_file.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto passphrase = [] { return std::optional<std::string>("pass"); };
  crypto::PemKeys keys;
  try {
    keys = crypto::read_pem(text_of({data, size}), passphrase);
  } catch (const Error&) {
    return 0;
  }
  std::string text;
  for (const SecretKey& seed : keys.seeds) text += crypto::write_private_pem(seed);
  if (keys.only_public) text += crypto::write_public_pem(*keys.only_public);
  const crypto::PemKeys again = crypto::read_pem(text, passphrase);
  if (again.only_public != keys.only_public || again.seeds.size() != keys.seeds.size()) std::abort();
  for (std::size_t i = 0; i < keys.seeds.size(); ++i)
    if (!same(again.seeds[i].view(), keys.seeds[i].view())) std::abort();
  return 0;
}
