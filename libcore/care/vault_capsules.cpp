// The capsule files of a vault.

#include "libcore/care/vault.hpp"
#include "libcore/store/pool_file.hpp"

namespace carechain::care {
namespace {

constexpr std::string_view capsule_magic = "CCK1";
constexpr std::size_t max_capsule = 64 * 1024;

// One lock for all capsule files: what is done to them is short.
store::Lock lock_capsules(const store::Layout& layout) {
  return store::Lock::acquire(layout.vault() + "/capsules.lock");
}

store::Path capsule_file(const store::Layout& layout, const RecordHandle& handle) {
  return layout.vault_capsules(Hash(handle.view()));
}

}  // namespace

void Vault::add_capsules(const std::vector<Capsule>& capsules) const {
  const store::Lock lock = lock_capsules(layout_);
  for (auto first = capsules.begin(); first != capsules.end();) {
    const auto last = std::find_if(first, capsules.end(), [&](const Capsule& c) { return c.handle != first->handle; });
    std::vector<Bytes> rows;
    for (auto capsule = first; capsule != last; ++capsule) rows.push_back(encoding::encode_fields(*capsule));
    const store::Path path = capsule_file(layout_, first->handle);
    store::make_directory(path.substr(0, path.rfind('/')), 0700);
    store::append_log(path, capsule_magic, rows);
    first = last;
  }
}

std::vector<Capsule> read_capsules(const store::Path& path) {
  std::vector<Capsule> found;
  for (const Bytes& row : store::read_log(path, capsule_magic, max_capsule))
    found.push_back(encoding::decode_fields<Capsule>(row));
  return found;
}

std::vector<Capsule> Vault::capsules(const RecordHandle& handle) const {
  return read_capsules(capsule_file(layout_, handle));
}

std::optional<Capsule> Vault::capsule_for(const RecordHandle& handle, std::uint64_t version,
                                          const PublicKey& reader) const {
  std::optional<Capsule> last;
  for (Capsule& capsule : capsules(handle))
    if (capsule.version == version && capsule.reader == reader) last = std::move(capsule);
  return last;
}

std::optional<Bytes> Vault::inner_for(const Hash& ledger, const SecretKey& patient_key, const RecordHandle& handle,
                                      std::uint64_t version, const PublicKey& reader) const {
  const auto all = capsules(handle);
  // NOLINTNEXTLINE(modernize-loop-convert): clang 14 does not compile std::views::reverse
  for (auto capsule = all.rbegin(); capsule != all.rend(); ++capsule)
    if (capsule->version == version && capsule->reader == reader)
      if (auto inner = unlock_capsule(ledger, patient_key, *capsule)) return inner;
  return std::nullopt;
}

void Vault::drop_dead_capsules(const Hash& ledger, const SecretKey& patient_key, const RecordHandle& handle) const {
  const store::Lock lock = lock_capsules(layout_);
  const auto all = capsules(handle);
  std::vector<Bytes> alive;
  for (const Capsule& capsule : all)
    if (unlock_capsule(ledger, patient_key, capsule)) alive.push_back(encoding::encode_fields(capsule));
  if (alive.size() < all.size()) store::replace_log(capsule_file(layout_, handle), capsule_magic, alive);
}

void Vault::remove_capsules(const RecordHandle& handle) const {
  const store::Lock lock = lock_capsules(layout_);
  store::remove_file(capsule_file(layout_, handle));
}

}  // namespace carechain::care
