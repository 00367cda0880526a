#include "libcore/care/vault_keys.hpp"

#include <fmt/format.h>

#include "libcore/base/whole.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/seal.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

constexpr std::size_t nonce_bytes = 12;

Bytes key_aad(const std::string& vault_id, std::uint32_t epoch, const PublicKey& patient) {
  Bytes aad = bytes_of(vault_id);
  std::array<std::uint8_t, 4> number;
  store_be(number.data(), epoch);
  append(aad, ByteView(number));
  append(aad, patient.view());
  return aad;
}

}  // namespace

store::Path epoch_key_path(const store::Path& keys, const std::string& vault_id, std::uint32_t epoch) {
  return fmt::format("{}/vault-{}-{:06}.epoch", keys, vault_id, epoch);
}

void write_epoch_key(const store::Path& path, const SecretKey& master) {
  std::string text = encoding::hex(master.view()) + '\n';
  store::write_new_file(path, view_of(text), 0600);
  wipe(text.data(), text.size());
}

std::optional<SecretKey> read_epoch_key(const store::Path& path) {
  if (!store::exists(path)) return std::nullopt;
  std::string text = store::read_file(path, 4096);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  auto bytes = encoding::parse_hex(text);
  wipe(text.data(), text.size());
  if (!bytes || bytes->size() != SecretKey::size) throw Error("'" + path + "' is not a vault's key");
  SecretKey key(*bytes);
  wipe(bytes->data(), bytes->size());
  return key;
}

std::vector<std::uint32_t> epochs_with_keys(const store::Path& keys, const std::string& vault_id) {
  std::vector<std::uint32_t> epochs;
  if (!store::is_directory(keys)) return epochs;
  const std::string head = "vault-" + vault_id + "-", tail = ".epoch";
  for (const std::string& name : store::list_directory(keys)) {
    if (!name.starts_with(head) || !name.ends_with(tail) || name.size() <= head.size() + tail.size()) continue;
    std::string_view digits(name.data() + head.size(), name.size() - head.size() - tail.size());
    while (digits.size() > 1 && digits.starts_with('0')) digits.remove_prefix(1);
    if (const auto epoch = parse_whole<std::uint32_t>(digits)) epochs.push_back(*epoch);
  }
  std::ranges::sort(epochs);
  return epochs;
}

Bytes seal_patient_key(const SecretKey& master, const std::string& vault_id, std::uint32_t epoch,
                       const PublicKey& patient, const SecretKey& key, const Random& random) {
  Bytes sealed = copy_of(draw<nonce_bytes>(random));
  append(sealed, ByteView(crypto::aead_seal(master, sealed, key_aad(vault_id, epoch, patient), key.view())));
  return sealed;
}

std::optional<SecretKey> open_patient_key(const SecretKey& master, const std::string& vault_id, std::uint32_t epoch,
                                          const PublicKey& patient, ByteView sealed) {
  if (sealed.size() < nonce_bytes) return std::nullopt;
  auto plain = crypto::aead_open(master, sealed.first(nonce_bytes), key_aad(vault_id, epoch, patient),
                                 sealed.subspan(nonce_bytes));
  if (!plain || plain->size() != SecretKey::size) return std::nullopt;
  SecretKey key(*plain);
  wipe(plain->data(), plain->size());
  return key;
}

Hash patient_key_id(const SecretKey& key) {
  constexpr std::array<std::uint8_t, 1> zero{};
  return crypto::sha256({view_of("carechain/patient-key-id/1"), zero, key.view()});
}

}  // namespace carechain::care
