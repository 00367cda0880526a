// Destroying keys of a vault: the next epoch without them.

#include "libcore/care/vault.hpp"
#include "libcore/care/vault_keys.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/shred.hpp"

namespace carechain::care {
namespace {

void write_file(const store::Path& path, ByteView content) { store::File::create_new(path, 0600).write(content); }

constexpr std::string_view order_prefix = "order-";

std::optional<PublicKey> account_of_file(const std::string& name) {
  const auto bytes = encoding::parse_hex(name);
  return bytes && bytes->size() == PublicKey::size ? std::optional(PublicKey(*bytes)) : std::nullopt;
}

}  // namespace

store::Path Vault::order_file(const ledger::ObjectRef& order) const {
  return layout_.vault_patient_keys(epoch_) + "/" + std::string(order_prefix) + encoding::hex(order.view());
}

std::optional<ErasureNote> Vault::carried_out(const ledger::ObjectRef& order) const {
  const store::Path path = order_file(order);
  if (!store::exists(path)) return std::nullopt;
  return encoding::decode_fields<ErasureNote>(view_of(store::read_file(path, 4096)));
}

// Not durable yet.
void Vault::carry_keys(const store::Path& to, std::uint32_t epoch, const SecretKey& master, const KeyChanges& changes,
                       const Random& random) const {
  const store::Path from = layout_.vault_patient_keys(epoch_);
  for (const std::string& name : store::is_directory(from) ? store::list_directory(from) : std::vector<std::string>{}) {
    if (name.starts_with(order_prefix)) write_file(to + "/" + name, view_of(store::read_file(from + "/" + name, 4096)));
    const auto patient = account_of_file(name);
    if (!patient || changes.destroyed.contains(*patient)) continue;
    const auto replaced = changes.replaced.find(*patient);
    const auto kept = patient_key(*patient);
    Bytes sealed;  // stays empty where the key was destroyed before
    if (replaced != changes.replaced.end() || kept)
      sealed = seal_patient_key(master, id_, epoch, *patient,
                                replaced != changes.replaced.end() ? replaced->second : *kept, random);
    write_file(to + "/" + name, sealed);
  }
  for (const PublicKey& patient : changes.destroyed) write_file(to + "/" + encoding::hex(patient.view()), {});
  for (const auto& [order, note] : changes.orders)
    write_file(to + "/" + std::string(order_prefix) + encoding::hex(order.view()), encoding::encode_fields(note));
}

void Vault::begin_epoch(const KeyChanges& changes, const Random& random) {
  const std::uint32_t next = epoch_ + 1;
  const store::Path keys = layout_.vault_patient_keys(next);
  const store::Path master_file = epoch_key_path(keys_directory_, id_, next);
  store::remove_directory(keys);  // of an attempt that did not come to its end
  store::destroy_file(master_file);
  SecretKey master = draw_secret(random);
  write_epoch_key(master_file, master);
  store::make_directory(keys, 0700);
  carry_keys(keys, next, master, changes, random);
  store::sync_filesystem(keys);
  write_epoch_number(next);
  epoch_ = next;
  master_ = std::move(master);
}

void Vault::destroy_other_epochs() const {
  for (const std::uint32_t epoch : epochs_with_keys(keys_directory_, id_))
    if (epoch != epoch_) store::destroy_file(epoch_key_path(keys_directory_, id_, epoch));
  const store::Path current = layout_.vault_patient_keys(epoch_);
  for (const std::string& name : store::list_directory(layout_.vault())) {
    const store::Path directory = layout_.vault() + "/" + name;
    if (name.starts_with("keys-") && directory != current) store::remove_directory(directory);
  }
  store::sync_directory(layout_.vault());
}

}  // namespace carechain::care
