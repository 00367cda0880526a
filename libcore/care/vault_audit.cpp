#include "libcore/care/vault_audit.hpp"

#include <optional>

#include "libcore/base/parallel.hpp"
#include "libcore/care/access_operations.hpp"
#include "libcore/care/erasing.hpp"
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

void VaultAudit::see(const ledger::BlockView& block, std::span<const ledger::Transaction> transactions) {
  watch_.see(block, transactions);
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
      if (put.root)
        kept_.push_back({ledger::ref_of({transaction.id, i}), put.patient, *put.root, put.size, block.header.height});
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

VaultAudit::Orders VaultAudit::orders() const {
  Orders orders;
  for (const auto& [ref, erasure] : watch_.erasures()) {
    const OrderErasure& order = erasure.order;
    if (order.custodian != owner_) continue;
    if (order.record)
      orders.records.emplace(*order.record, ref);
    else
      orders.patients.emplace(order.patient, ref);
  }
  return orders;
}

const ObjectRef* VaultAudit::Orders::about(const Kept& kept) const {
  if (const auto found = patients.find(kept.patient); found != patients.end()) return &found->second;
  const auto found = records.find(kept.record);
  return found == records.end() ? nullptr : &found->second;
}

// Erased records need no object; before they are certified they may have one.
std::optional<std::string> VaultAudit::erased_fault(const Kept& kept, const ObjectRef& order) const {
  if (watch_.erasures().at(order).done && store::exists(layout_.vault_object(kept.root)))
    return "it was erased, but its object lies in the vault again";
  return std::nullopt;
}

void VaultAudit::conclude_erasures(ledger::VerifyReport& report, Erased& erased) const {
  for (const auto& [ref, erasure] : watch_.erasures()) {
    if (erasure.order.custodian != owner_) continue;
    if (!erasure.done) {
      erased.waiting.push_back(ref);
      continue;
    }
    const auto certificate = stored_certificate(layout_, ref);
    if (certificate && certificate->digest == erasure.done->certificate) {
      erased.in_order.push_back(ref);
      continue;
    }
    const ledger::ObjectId id = ledger::id_of(ref);
    report.faults.push_back({ledger::Layer::vault,
                             {},
                             erasure.ordered,
                             {},
                             id.tx,
                             "erasure " + to_text(id) + ": its certificate is " +
                                 (certificate ? "not the one the chain names" : "missing from the vault")});
  }
}

VaultAudit::Erased VaultAudit::conclude(ledger::VerifyReport& report, unsigned threads) const {
  const Orders ordered = orders();
  std::vector<std::optional<std::string>> wrong(kept_.size());
  parallel_for(kept_.size(), threads, [&](std::size_t i) {
    const ObjectRef* order = ordered.about(kept_[i]);
    wrong[i] = order != nullptr ? erased_fault(kept_[i], *order)
                                : object_fault(layout_.vault_object(kept_[i].root), kept_[i].root, kept_[i].size);
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
  Erased erased;
  conclude_erasures(report, erased);
  report.layers.push_back({ledger::Layer::vault, good});
  return erased;
}

}  // namespace carechain::care
