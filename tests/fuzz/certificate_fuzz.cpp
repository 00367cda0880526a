// What calls itself a certificate of erasure decodes to exactly these bytes or is refused; nobody but the signer signs
// it.
#include <cstdlib>

#include "libcore/care/challenge.hpp"
#include "libcore/care/erasure_certificate.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::Signer custodian(SecretKey(Bytes(32, 1)));
  const ByteView input(data, size);
  try {
    const auto fields = encoding::decode_fields<care::ErasureCertificate>(input);
    if (!same(encoding::encode_fields(fields), input)) std::abort();
    const auto certificate = care::sign_certificate(fields, custodian);
    const std::string text = care::certificate_text(certificate, [](const PublicKey&) { return "somebody"; });
    if (care::read_certificate(care::messages_in_certificates(text).at(0)).digest != certificate.digest) std::abort();
  } catch (const Error&) {
  }
  try {
    care::messages_in_certificates(text_of(input));
  } catch (const Error&) {
  }
  try {
    care::read_certificate(input);
    std::abort();
  } catch (const Error&) {
  }
  try {
    PublicKey signer;
    care::read_challenge({}, input, signer);
    std::abort();
  } catch (const Error&) {
  }
  return 0;
}
