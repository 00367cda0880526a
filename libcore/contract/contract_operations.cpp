#include "libcore/contract/contract_operations.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "libcore/crypto/hash.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::contract {

using ledger::Context;
using ledger::Refused;

namespace {

// Contracts by the digest of their document: what comes out is a function of the document alone, so that remembering it
// is no state. Bounded, since a long chain may hold many.
class Compiled {
 public:
  std::shared_ptr<const Contract> find(const Hash& digest) {
    const std::lock_guard guard(mutex_);
    const auto found = contracts_.find(digest);
    return found == contracts_.end() ? nullptr : found->second;
  }
  void remember(const Hash& digest, std::shared_ptr<const Contract> contract) {
    const std::lock_guard guard(mutex_);
    if (contracts_.size() >= most) contracts_.clear();
    contracts_[digest] = std::move(contract);
  }

 private:
  static constexpr std::size_t most = 256;
  std::mutex mutex_;
  std::map<Hash, std::shared_ptr<const Contract>> contracts_;
};

Compiled& compiled() {
  static Compiled all;
  return all;
}

}  // namespace

const ContractVersion* version_at(const ContractRecord& record, std::uint64_t height) {
  const ContractVersion* in_force = nullptr;
  for (const ContractVersion& version : record.versions)
    if (version.from <= height) in_force = &version;
  return in_force;
}

std::optional<InForce> contract_in_force(const ledger::State& state, const ContractKinds& kinds, std::string_view name,
                                         std::uint64_t height) {
  const auto record = contracts.get(state, name);
  const ContractVersion* const version = record ? version_at(*record, height) : nullptr;
  if (version == nullptr) return std::nullopt;
  auto contract = compiled().find(version->digest);
  if (!contract) {
    const Document document = *contract_texts.get(state, version->digest);
    contract = Contract::compile(document, *find_kind(kinds, document.kind));
    compiled().remember(version->digest, contract);
  }
  return InForce{record->owner, version->version, std::move(contract)};
}

std::optional<std::string> document_fault(const Document& document, const ContractKinds& kinds) {
  const ContractKind* const kind = find_kind(kinds, document.kind);
  if (kind == nullptr) return "there is no kind of contract '" + document.kind + "'";
  try {
    for (const auto& tested : Contract::compile(document, *kind)->run_examples())
      if (!tested.fault.empty()) return "its test '" + tested.name + "' fails: " + tested.fault;
  } catch (const Error& fault) {
    return fault.what();
  }
  return std::nullopt;
}

ledger::Outcome apply_deploy(const DeployContract& deploy, Context& context, const ContractKinds& kinds) {
  const auto owner = ledger::identities.get(context.state, context.signer);
  if (!owner || owner->kind == ledger::Kind::patient)
    return Refused{"only an enrolled organisation or professional deploys contracts"};
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the signer is suspended or its standing has ended"};
  const Document& document = deploy.document;
  if (document.title != deploy.contract || document.version != deploy.version)
    return Refused{"the document is of another name or version"};
  if (const auto fault = document_fault(document, kinds)) return Refused{*fault, "check-contract says more"};
  ContractRecord record =
      contracts.get(context.state, deploy.contract).value_or(ContractRecord{context.signer, document.kind, {}});
  if (record.owner != context.signer)
    return Refused{"the contract '" + deploy.contract + "' belongs to another account"};
  if (record.kind != document.kind) return Refused{"the contract '" + deploy.contract + "' is of another kind"};
  const std::uint64_t from = std::max(deploy.from.value_or(context.height), context.height);
  if (deploy.from && *deploy.from < context.height)
    return Refused{"it would be in force before the block that holds it"};
  if (!record.versions.empty() && deploy.version <= record.versions.back().version)
    return Refused{"version " + std::to_string(record.versions.back().version) + " is there already"};
  if (!record.versions.empty() && from < record.versions.back().from)
    return Refused{"the version before it comes into force only at height " +
                   std::to_string(record.versions.back().from)};
  const Hash digest = crypto::sha256(encoding::encode_fields(document));
  record.versions.push_back({deploy.version, from, digest});
  contracts.put(context.state, record, deploy.contract);
  if (!contract_texts.has(context.state, digest)) contract_texts.put(context.state, document, digest);
  return std::nullopt;
}

}  // namespace carechain::contract
