#pragma once
// Verification of a whole chain, offline, by anyone: needs only the blocks. Reading, signatures on all cores and replay
// run as a pipeline; time grows with the chain, memory with the state.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libcore/ledger/ledger.hpp"

namespace carechain::ledger {

struct Fault {
  Layer layer = Layer::frame;
  store::Position position;                  // of the block's frame; offset in the stream when read from a pipe
  std::uint64_t height = 0;                  // the height at which the chain ceases to be good
  std::optional<std::uint32_t> transaction;  // place in its block, from 0
  std::optional<TransactionId> transaction_id;
  std::string reason;
};

struct LayerCount {  // how much of a layer was checked
  Layer layer;
  std::uint64_t checked = 0;
};

struct VerifyOptions {
  unsigned threads = 1;
  std::optional<Pin> expect;  // must be on the chain: notices a cut tail and a rewritten chain
  std::optional<Pin> from;    // signatures up to and including it are taken as checked before; the rest is not
  bool all = false;           // go on behind a fault where that is possible
  bool check_index = true;    // compare with the index where there is one, and it is of the chain
};

struct VerifyReport {
  std::string name;  // of the consortium
  Hash ledger;
  Pin head;  // the last good block
  Time head_time;
  std::uint64_t blocks = 0, transactions = 0, operations = 0;  // good ones
  std::uint64_t left_behind = 0;                               // blocks of branches that the chain outweighed
  std::vector<LayerCount> layers;
  std::vector<Fault> faults;  // in the order of the chain; without `all` at most one
  // Why nothing definite can be said (exit 3 unless there are faults): "the last frame is unfinished …".
  std::optional<std::string> unclear;
  bool index_checked = false;
};

// Every good block with the state after it, in order: for checks above the ledger (the vault).
using OnBlock = std::function<void(const BlockView&, std::span<const Transaction>)>;

// Of several branches the one with most work is checked (fork_choice.hpp); of the blocks left behind only what can be
// known without the state before them. Throws Error (exit 3): cannot read, a rule set newer than this program.
VerifyReport verify(const store::Layout&, const OperationTable&, const VerifyOptions&,
                    const std::function<void(std::uint64_t blocks)>& progress = {}, const OnBlock& on_block = {});
// The concatenated segments from a stream, whose blocks must follow one another. Throws Error where it goes back to an
// earlier block: branches can't be told apart there.
VerifyReport verify(store::File stream, const OperationTable&, const VerifyOptions&,
                    const std::function<void(std::uint64_t blocks)>& progress = {}, const OnBlock& on_block = {});

}  // namespace carechain::ledger
