#pragma once
// Contracts on the chain: contract.deploy. A contract's name belongs to who deployed it first; each further version is
// signed by the same account. A version is in force from its height until the next one's, so that a decision replays
// under the version that was in force when it was made.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libcore/contract/contract.hpp"
#include "libcore/ledger/operation.hpp"

namespace carechain::contract {

struct DeployContract {
  static constexpr std::string_view name = "contract.deploy";
  std::string contract;
  std::uint64_t version = 1;
  std::optional<std::uint64_t> from;  // first height; absent: the height of the block that holds it
  Document document;
  template <class V>
  void fields(V& v) {
    v("contract", contract, "the contract's name");
    v("version", version, "its version, larger than those before");
    v("from", from, "first height at which it is in force; absent: at once");
    v("document", document, "the contract document");
  }
};

struct ContractVersion {
  std::uint64_t version = 0, from = 0;  // from: first height
  Hash digest;                          // SHA-256 of the document's CBOR
  template <class V>
  void fields(V& v) {
    v("version", version, "which version");
    v("from", from, "first height at which it is in force");
    v("digest", digest, "SHA-256 of the document");
  }
};

struct ContractRecord {
  PublicKey owner;  // account
  std::string kind;
  std::vector<ContractVersion> versions;  // by from, ascending
  template <class V>
  void fields(V& v) {
    v("owner", owner, "who may replace it");
    v("kind", kind, "what it decides on");
    v("versions", versions, "its versions");
  }
};

inline constexpr ledger::Table<ContractRecord> contracts{"contract"};  // name
inline constexpr ledger::Table<Document> contract_texts{"agreement"};  // digest of the document

// The version in force at a height; nullptr: none yet.
const ContractVersion* version_at(const ContractRecord&, std::uint64_t height);

struct InForce {
  PublicKey owner;
  std::uint64_t version = 0;
  std::shared_ptr<const Contract> contract;
};
// The contract of that name as it is in force at a height, compiled; nullopt: there is none. Compiling is remembered by
// the document's digest, which changes nothing of what comes out.
std::optional<InForce> contract_in_force(const ledger::State&, const ContractKinds&, std::string_view name,
                                         std::uint64_t height);

// Judges a document that is to be deployed: well formed, its kind known, all of it compiles, its own examples hold.
// nullopt: nothing is wrong with it.
std::optional<std::string> document_fault(const Document&, const ContractKinds&);

ledger::Outcome apply_deploy(const DeployContract&, ledger::Context&, const ContractKinds&);

// `kinds` is a function of the domain that knows the kinds: void add_contract_operations<all_kinds>(table).
template <const ContractKinds& (*kinds)()>
void add_contract_operations(ledger::OperationTable& table) {
  table.add<DeployContract>(
      "somebody puts a contract into force",
      +[](const DeployContract& deploy, ledger::Context& context) { return apply_deploy(deploy, context, kinds()); });
}

}  // namespace carechain::contract
