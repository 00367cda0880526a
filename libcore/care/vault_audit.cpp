#include "libcore/care/vault_audit.hpp"

#include <optional>

#include "libcore/base/parallel.hpp"
#include "libcore/care/access_operations.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/crypto/chunked.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {

VaultAudit::VaultAudit(const store::Layout& layout) : layout_(layout) {
  const auto owner = Vault::owner_of(layout);
  if (!owner) throw Error("there is no vault in '" + layout.root + "'", "leave out --vault to check the chain alone");
  owner_ = *owner;
  owner_keys_ = {owner_};
}

void VaultAudit::see(const ledger::BlockView& block, const std::vector<ledger::Transaction>& transactions) {
  for (const ledger::Transaction& transaction : transactions) {
    const bool own = std::ranges::find(owner_keys_, transaction.message.signer) != owner_keys_.end();
    for (std::uint32_t i = 0; i < transaction.operations.size(); ++i) {
      const auto& [name, fields] = transaction.operations[i];
      if (name == ledger::Rotate::name) {
        const auto rotate = encoding::decode_fields<ledger::Rotate>(fields);
        if (rotate.account == owner_) owner_keys_.push_back(rotate.key);
      }
      if (!own || name != PutRecord::name) continue;
      const auto put = encoding::decode_fields<PutRecord>(fields);
      if (put.root) kept_.push_back({ledger::ref_of({transaction.id, i}), *put.root, put.size, block.header.height});
    }
  }
}

namespace {

// What is wrong with a stored object; nullopt: nothing.
std::optional<std::string> object_fault(const store::Path& path, const Hash& root, std::uint64_t size) {
  auto file = store::File::try_open_read(path);
  if (!file) return "its object is missing from the vault";
  const auto measured = crypto::measure_stream([&](std::span<std::uint8_t> buffer) { return file->read(buffer); }, 1);
  if (measured.sealed_size != size)
    return "its object has " + std::to_string(measured.sealed_size) + " bytes, the chain says " + std::to_string(size);
  if (measured.sealed_root != root) return "its object is not the ciphertext the chain names";
  return std::nullopt;
}

}  // namespace

void VaultAudit::conclude(ledger::VerifyReport& report, unsigned threads) const {
  std::vector<std::optional<std::string>> wrong(kept_.size());
  parallel_for(kept_.size(), threads, [&](std::size_t i) {
    wrong[i] = object_fault(layout_.vault_object(kept_[i].root), kept_[i].root, kept_[i].size);
  });
  std::uint64_t good = 0;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    if (!wrong[i]) {
      ++good;
      continue;
    }
    const ledger::ObjectId id = ledger::id_of(kept_[i].record);
    report.faults.push_back(
        {ledger::Layer::vault, {}, kept_[i].height, {}, id.tx, "record " + to_text(id) + ": " + *wrong[i]});
  }
  report.layers.push_back({ledger::Layer::vault, good});
}

}  // namespace carechain::care
