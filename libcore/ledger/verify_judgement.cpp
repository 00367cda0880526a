#include "libcore/crypto/merkle.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/verifier.hpp"

namespace carechain::ledger {

void Verifier::fault(const Job& job, Layer layer, std::string why, std::optional<std::uint32_t> transaction) {
  Fault fault{layer, job.position, founded_ ? tip_.height + 1 : 0, transaction, {}, std::move(why)};
  if (transaction && job.findings[*transaction].malformed.empty())
    fault.transaction_id = job.transactions[*transaction].id;
  report_.faults.push_back(std::move(fault));
}

void Verifier::judge(Job& job) {
  if (!job.view) {
    fault(job, Layer::encoding, job.malformed);
    lose_track(job);
    return;
  }
  if (!founded_) {
    found_chain(job);
    return;
  }
  if (judge_block(job)) return;
  job.changes.reset();
  lose_track(job);
}

void Verifier::found_chain(Job& job) {
  try {
    if (job.view->header.height != 0) throw Error("the first block is not block 0");
    const Constitution constitution = read_founding_block(*job.view);
    Changes changes(state_);
    found(constitution, changes);
    digest_changes(changes, digest_);
    state_.take(changes);
    work_ = constitution.work();
    tip_ = founding_tip(*job.view, digest_);
    report_.name = constitution.name;
    report_.ledger = ledger_ = tip_.ledger;
    report_.head = {0, tip_.hash};
    report_.head_time = tip_.time();
    report_.blocks = 1;
    hashes_.push_back(tip_.hash);
    times_.push_back(tip_.time());
    founded_ = true;
    if (on_block_) on_block_(*job.view, {});
    show_index(job, nullptr);
  } catch (const Error& error) {
    fault(job, Layer::encoding, error.what());
  }
}

// A good block follows not the one before it but an earlier one.
bool Verifier::goes_back(const Job& job) const {
  const Header& header = job.view->header;
  if (header.height == 0 || header.height >= hashes_.size() || hashes_[header.height] == job.view->hash) return false;
  const auto target = expand_target(header.target);
  return header.previous == hashes_[header.height - 1] && target && meets(job.view->hash, *target) && !job.seal_fault;
}

// Everything about one block in the order of the layers; false: it is not the rightful next one.
bool Verifier::judge_block(Job& job) {
  const std::size_t faults_before = report_.faults.size();
  const Header& header = job.view->header;
  if (replaying_ && links_known_) {
    if (is_stream && goes_back(job))
      throw Error("the stream holds a second block " + std::to_string(header.height) +
                      ": only in a ledger directory branches can be told apart",
                  "carechain send-blocks --all -L DIR | carechain verify-chain -");
    if (job.header_fault) fault(job, job.header_fault->layer, job.header_fault->why);
  } else if (links_known_ ? header.previous != tip_.hash : false) {
    fault(job, Layer::links, "its previous hash is not that of block " + std::to_string(tip_.height));
  }
  if (job.seal_fault && !stopped()) fault(job, job.seal_fault->layer, job.seal_fault->why);
  crypto::MerkleFrontier tree;
  for (const Finding& finding : job.findings) tree.append(finding.leaf);
  if (!stopped() && tree.root() != header.transactions)
    fault(job, Layer::merkle, "its transactions root is not that of its transactions");
  const bool signatures = signatures_wanted(header.height);
  for (std::uint32_t i = 0; i < job.findings.size() && !stopped(); ++i) {
    const Finding& finding = job.findings[i];
    if (!finding.malformed.empty())
      fault(job, Layer::encoding, finding.malformed, i);
    else if (signatures && !finding.signature_holds)
      fault(job, Layer::signature, "its signature does not hold", i);
  }
  if (report_.faults.size() != faults_before) return false;
  counts_[static_cast<std::size_t>(Layer::seal)] += signatures ? 1 : 0;
  counts_[static_cast<std::size_t>(Layer::signature)] += signatures ? job.transactions.size() : 0;
  if (!replaying_) {
    tip_.height = header.height;
    tip_.hash = job.view->hash;
    return true;
  }
  return go_on(job);
}

// What comes of a block's transactions. Nothing is said about it yet, since faults of other layers come first. No
// transaction is applied whose signature does not hold, and none under a header that is not the rightful one.
void Verifier::replay(Job& job) {
  if (stopped() || !replaying_ || !links_known_) return;
  require_known_rules(state_, tip_.height + 1);
  if (!job.view) return;
  job.header_fault = judge_header(tip_, work_, job.view->header, job.view->hash, state_);
  if (!job.header_fault) replay_transactions(job);
}

void Verifier::replay_transactions(Job& job) {
  const Header& header = job.view->header;
  const auto notes = index != nullptr ? Changes::Notes::kept : Changes::Notes::dropped;
  job.changes = job.spare_changes ? std::move(job.spare_changes) : std::make_unique<Changes>(state_, notes);
  job.changes->reserve(rows_last_);
  BlockPlace place{*this, ledger_, header.height, header.time};
  begin_block(table_, place, *job.changes);
  const bool signatures = signatures_wanted(header.height);
  for (std::uint32_t i = 0; i < job.transactions.size(); ++i) {
    if (i % transactions_a_task == 0) pool_.wait(job.checks[i / transactions_a_task]);
    if (!job.findings[i].malformed.empty() || (signatures && !job.findings[i].signature_holds)) return;
    prefetch(job, i);
    const Transaction& transaction = job.transactions[i];
    job.operations += transaction.operations.size();
    place.position = i;
    if (auto refused = apply_transaction(table_, transaction, place, *job.changes)) {
      job.refused = {i, std::move(refused->why)};
      return;
    }
  }
}

// What the replay will read when it comes to the transactions behind that one: a worker had them last.
void Verifier::prefetch(const Job& job, std::size_t number) const {
  constexpr std::size_t soon = 2, later = 5;
  if (number % transactions_a_task + later >= transactions_a_task || number + later >= job.transactions.size()) return;
  prefetch_object(job.transactions[number + later]);
  prefetch_object(job.findings[number + later]);
  const Transaction& next = job.transactions[number + soon];
  prefetch_bytes(next.message.payload);
}

// Makes what was replayed the state, of a block without other faults. False: a transaction is refused.
bool Verifier::go_on(Job& job) {
  const Header& header = job.view->header;
  if (job.refused) {
    fault(job, Layer::permission, std::move(job.refused->second), job.refused->first);
    return false;
  }
  rows_last_ = job.changes->entries().size();
  start_digest(job);
  state_.take(*job.changes);
  advance(tip_, header, job.view->hash);
  hashes_.push_back(job.view->hash);
  times_.push_back(header.time);
  report_.transactions += job.transactions.size();
  report_.operations += job.operations;
  show_index(job, job.changes.get());
  return true;
}

// After a fault the state is unknown; what stands by itself is still checked when all faults are wanted.
void Verifier::lose_track(const Job& job) {
  replaying_ = false;
  if (!founded_) return;
  if (job.view) {
    tip_.height = job.view->header.height;
    tip_.hash = job.view->hash;
  } else {
    ++tip_.height;
    links_known_ = false;
  }
}

// The first transaction of a block with a wrong checksum that is not what its signer signed.
void Verifier::name_altered(Fault& fault, ByteView block) const {
  try {
    const BlockView view = parse_block(block);
    for (std::uint32_t i = 0; i < view.transactions.size(); ++i) {
      Transaction transaction;
      Finding found;
      check_transactions(ledger_, {&view.transactions[i], 1}, true, {&transaction, 1}, {&found, 1});
      if (found.malformed.empty() && found.signature_holds) continue;
      fault.transaction = i;
      fault.reason += found.malformed.empty() ? ", and its signature does not hold" : ", and " + found.malformed;
      if (found.malformed.empty()) fault.transaction_id = transaction.id;
      return;
    }
  } catch (const encoding::CborFault&) {  // nothing more can be said
  }
}

void Verifier::check_pins() {
  if (stopped()) return;
  for (const auto& pin : {options_.expect, options_.from}) {
    if (!pin) continue;
    if (pin->height >= hashes_.size()) {
      report_.faults.push_back({Layer::pin,
                                {},
                                founded_ ? report_.head.height + 1 : 0,
                                {},
                                {},
                                (founded_ ? "the chain ends at block " + std::to_string(report_.head.height)
                                          : std::string("not even block 0 is whole")) +
                                    ", the pin names block " + std::to_string(pin->height)});
    } else if (hashes_[pin->height] != pin->hash) {
      report_.faults.push_back({Layer::pin,
                                {},
                                pin->height,
                                {},
                                {},
                                "block " + std::to_string(pin->height) + " is " +
                                    encoding::hex(hashes_[pin->height].view()) + ", not the pinned one"});
    }
    if (stopped()) return;
  }
}

}  // namespace carechain::ledger
