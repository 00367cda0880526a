#include "libcore/care/vault.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

#include "libcore/base/whole.hpp"
#include "libcore/care/vault_keys.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

constexpr std::string_view first_line = "carechain-vault-1";
store::Path parent_of(const store::Path& path) { return path.substr(0, path.rfind('/')); }

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

void write_epoch_file(const store::Layout& layout, const EpochFile& epoch) {
  store::replace_file(layout.vault_epoch(), view_of(fmt::format("{}\n{}\n{}\n{}\n", first_line, epoch.id, epoch.epoch,
                                                                encoding::did_key(epoch.owner))));
}

}  // namespace

bool Vault::exists(const store::Layout& layout) { return store::exists(layout.vault_epoch()); }

std::optional<PublicKey> Vault::owner_of(const store::Layout& layout) {
  return exists(layout) ? std::optional(read_epoch_file(layout).owner) : std::nullopt;
}

void Vault::read_epoch() {
  for (int attempts = 0;; ++attempts) {
    const EpochFile now = read_epoch_file(layout_);
    const store::Path path = epoch_key_path(keys_directory_, now.id, now.epoch);
    auto master = read_epoch_key(path);
    if (!master && attempts < 3 && read_epoch_file(layout_).epoch != now.epoch) continue;  // it has just been replaced
    if (!master)
      throw Error("the vault's key '" + path + "' is missing: nothing in the vault opens without it",
                  "set CARECHAIN_KEYS to the directory that holds it");
    id_ = now.id;
    epoch_ = now.epoch;
    owner_ = now.owner;
    master_ = std::move(*master);
    return;
  }
}

void Vault::write_epoch_number(std::uint32_t epoch) const { write_epoch_file(layout_, {id_, epoch, owner_}); }

store::Lock Vault::locked(store::Lock::Mode mode) {
  auto lock = store::Lock::acquire(layout_.vault_lock(), mode);
  if (read_epoch_file(layout_).epoch != epoch_) read_epoch();
  return lock;
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
      write_epoch_key(epoch_key_path(keys_directory, id, 1), draw_secret(random));
      write_epoch_file(layout, {id, 1, owner});
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

std::optional<SecretKey> Vault::patient_key(const PublicKey& patient) const {
  const store::Path path = key_file(patient);
  if (!store::exists(path)) return std::nullopt;
  const std::string sealed = store::read_file(path, 4096);
  if (sealed.empty()) return std::nullopt;  // destroyed
  auto key = open_patient_key(master_, id_, epoch_, patient, view_of(sealed));
  if (!key) throw Error("'" + path + "' is damaged or under another epoch's key");
  return key;
}

SecretKey Vault::patient_key_or_new(const PublicKey& patient, const Random& random) {
  if (auto key = patient_key(patient)) return std::move(*key);
  if (store::exists(key_file(patient)))
    throw refusal("the patient's keys were erased here: an erased account gets no new key",
                  "she can show another account to this custodian");
  store::make_directory(layout_.vault_patient_keys(epoch_), 0700);
  try {
    const Bytes sealed = seal_patient_key(master_, id_, epoch_, patient, draw_secret(random), random);
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

void Vault::remove_object(const Hash& root) const { store::remove_file(layout_.vault_object(root)); }

std::optional<store::File> Vault::object(const Hash& root) const {
  return store::File::try_open_read(layout_.vault_object(root));
}

}  // namespace carechain::care
