#include "libcore/care/vault.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

#include "libcore/base/whole.hpp"
#include "libcore/crypto/seal.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/frames.hpp"
#include "libcore/store/pool_file.hpp"

namespace carechain::care {
namespace {

constexpr std::string_view first_line = "carechain-vault-1";
constexpr std::string_view capsule_magic = "CCK1";
constexpr std::size_t max_capsule = 64 * 1024;
constexpr std::size_t nonce_bytes = 12;

store::Path parent_of(const store::Path& path) { return path.substr(0, path.rfind('/')); }

store::Path epoch_key_path(const store::Path& keys, const std::string& id, std::uint32_t epoch) {
  return fmt::format("{}/vault-{}-{:06}.epoch", keys, id, epoch);
}

void refuse_inside(const store::Layout& layout, const store::Path& keys) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path ledger = fs::weakly_canonical(layout.root, ignored);
  const fs::path directory = fs::weakly_canonical(keys, ignored);
  const auto [mismatch, unused] = std::mismatch(ledger.begin(), ledger.end(), directory.begin(), directory.end());
  if (mismatch == ledger.end())
    throw Error("the keys' directory '" + keys +
                    "' lies inside the ledger directory: a copy of the ledger would carry "
                    "the vault's key",
                "set CARECHAIN_KEYS to a directory elsewhere");
}

SecretKey read_master(const store::Path& path) {
  if (!store::exists(path))
    throw Error("the vault's key '" + path + "' is missing: nothing in the vault opens without it",
                "set CARECHAIN_KEYS to the directory that holds it");
  std::string text = store::read_file(path, 4096);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  auto bytes = encoding::parse_hex(text);
  wipe(text.data(), text.size());
  if (!bytes || bytes->size() != SecretKey::size) throw Error("'" + path + "' is not a vault's key");
  SecretKey key(*bytes);
  wipe(bytes->data(), bytes->size());
  return key;
}

struct EpochFile {
  std::string id;
  std::uint32_t epoch;
  PublicKey owner;
};

EpochFile read_epoch_file(const store::Layout& layout) {
  std::istringstream lines(store::read_file(layout.vault_epoch(), 4096));
  std::string head, id, epoch, owner;
  std::getline(lines, head) && std::getline(lines, id) && std::getline(lines, epoch) && std::getline(lines, owner);
  const auto number = parse_whole<std::uint32_t>(epoch, 1);
  const auto key = encoding::parse_did_key(owner);
  if (head != first_line || id.size() != 32 || !number || !key)
    throw Error("'" + layout.vault_epoch() + "' is damaged or of another version");
  return {id, *number, *key};
}

}  // namespace

bool Vault::exists(const store::Layout& layout) { return store::exists(layout.vault_epoch()); }

std::optional<PublicKey> Vault::owner_of(const store::Layout& layout) {
  return exists(layout) ? std::optional(read_epoch_file(layout).owner) : std::nullopt;
}

void Vault::read_epoch() {
  const EpochFile epoch = read_epoch_file(layout_);
  id_ = epoch.id;
  epoch_ = epoch.epoch;
  owner_ = epoch.owner;
  master_ = read_master(epoch_key_path(keys_directory_, id_, epoch_));
}

Vault Vault::open(const store::Layout& layout, const store::Path& keys_directory) {
  refuse_inside(layout, keys_directory);
  if (!exists(layout)) throw Error("there is no vault in '" + layout.root + "'", "put-record makes one");
  Vault vault(layout, keys_directory);
  vault.read_epoch();
  return vault;
}

Vault Vault::open_or_create(const store::Layout& layout, const store::Path& keys_directory, const PublicKey& owner,
                            const Random& random) {
  refuse_inside(layout, keys_directory);
  store::make_directory(layout.vault(), 0700);
  if (!exists(layout)) {
    const store::Lock lock = store::Lock::acquire(layout.vault_lock());
    if (!exists(layout)) {
      const std::string id = encoding::hex(draw<16>(random));
      store::make_directory(keys_directory, 0700);
      const SecretKey master = draw_secret(random);
      std::string text = encoding::hex(master.view()) + '\n';
      store::write_new_file(epoch_key_path(keys_directory, id, 1), view_of(text), 0600);
      wipe(text.data(), text.size());
      store::replace_file(layout.vault_epoch(),
                          view_of(fmt::format("{}\n{}\n1\n{}\n", first_line, id, encoding::did_key(owner))));
    }
  }
  Vault vault = open(layout, keys_directory);
  if (vault.owner() != owner)
    throw Error("the vault in '" + layout.root + "' belongs to " + encoding::did_key(vault.owner()));
  return vault;
}

store::Path Vault::key_file(const PublicKey& patient) const {
  return layout_.vault_patient_keys(epoch_) + "/" + encoding::hex(patient.view());
}

Bytes Vault::key_aad(const PublicKey& patient) const {
  Bytes aad = bytes_of(id_);
  std::array<std::uint8_t, 4> number;
  store_be(number.data(), epoch_);
  append(aad, ByteView(number));
  append(aad, patient.view());
  return aad;
}

std::optional<SecretKey> Vault::patient_key(const PublicKey& patient) const {
  const store::Path path = key_file(patient);
  if (!store::exists(path)) return std::nullopt;
  const std::string sealed = store::read_file(path, 4096);
  if (sealed.size() < nonce_bytes) throw Error("'" + path + "' is damaged");
  const ByteView bytes = view_of(sealed);
  auto plain = crypto::aead_open(master_, bytes.first(nonce_bytes), key_aad(patient), bytes.subspan(nonce_bytes));
  if (!plain || plain->size() != SecretKey::size) throw Error("'" + path + "' is damaged or under another epoch's key");
  SecretKey key(*plain);
  wipe(plain->data(), plain->size());
  return key;
}

SecretKey Vault::patient_key_or_new(const PublicKey& patient, const Random& random) {
  if (auto key = patient_key(patient)) return std::move(*key);
  const SecretKey key = draw_secret(random);
  Bytes sealed = copy_of(draw<nonce_bytes>(random));
  append(sealed, ByteView(crypto::aead_seal(master_, sealed, key_aad(patient), key.view())));
  store::make_directory(layout_.vault_patient_keys(epoch_), 0700);
  try {
    store::write_new_file(key_file(patient), sealed, 0600);
  } catch (const Error& error) {
    if (error.exit() != Exit::no) throw;  // another process made one meanwhile
  }
  return std::move(*patient_key(patient));
}

Vault::Incoming Vault::receive(const RecordHandle& handle) const {
  store::make_directory(layout_.vault_incoming(), 0700);
  const store::Path path = layout_.vault_incoming() + "/" + encoding::hex(handle.view());
  return {path, store::File::create_new(path, 0600)};
}

void Vault::keep(Incoming incoming, const Hash& root) const {
  incoming.file.sync();
  const store::Path path = layout_.vault_object(root);
  store::make_directory(parent_of(path), 0700);
  store::rename_file(incoming.path, path);
  store::sync_directory(parent_of(path));
}

void Vault::discard(Incoming incoming) const { store::remove_file(incoming.path); }

std::optional<store::File> Vault::object(const Hash& root) const {
  return store::File::try_open_read(layout_.vault_object(root));
}

void Vault::add_capsules(const std::vector<Capsule>& capsules) const {
  // One lock for all capsule files: appends are short.
  const store::Lock lock = store::Lock::acquire(layout_.vault() + "/capsules.lock");
  for (auto first = capsules.begin(); first != capsules.end();) {
    const auto last = std::find_if(first, capsules.end(), [&](const Capsule& c) { return c.handle != first->handle; });
    std::vector<Bytes> rows;
    for (auto capsule = first; capsule != last; ++capsule) rows.push_back(encoding::encode_fields(*capsule));
    const store::Path path = layout_.vault_capsules(Hash(first->handle.view()));
    store::make_directory(parent_of(path), 0700);
    store::append_log(path, capsule_magic, rows);
    first = last;
  }
}

std::vector<Capsule> Vault::capsules(const RecordHandle& handle) const {
  std::vector<Capsule> found;
  for (const Bytes& row : store::read_log(layout_.vault_capsules(Hash(handle.view())), capsule_magic, max_capsule))
    found.push_back(encoding::decode_fields<Capsule>(row));
  return found;
}

std::optional<Capsule> Vault::capsule_for(const RecordHandle& handle, std::uint64_t version,
                                          const PublicKey& reader) const {
  std::optional<Capsule> last;
  for (Capsule& capsule : capsules(handle))
    if (capsule.version == version && capsule.reader == reader) last = std::move(capsule);
  return last;
}

}  // namespace carechain::care
