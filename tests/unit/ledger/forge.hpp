#pragma once
// Blocks as somebody might make them who does not keep to the rules: the rightful next one, with parts changed, then
// mined and sealed like any other.

#include "libcore/store/frames.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::testing {

struct Forgery {
  ledger::Header header;
  std::vector<Bytes> transactions;
  std::string sealer = "north";  // who signs

  std::vector<ByteView> views() const { return {transactions.begin(), transactions.end()}; }
};

// What mining would seal now; its clock does not move.
inline Forgery next_block(LittleChain& chain, const std::string& sealer = "north") {
  const auto draft = ledger::draft_block(ledger::read_queue(chain.layout(), chain.operations()), chain.account(sealer),
                                         chain.now(), {});
  Forgery forgery{draft.header, {}, sealer};
  for (const auto& pending : draft.sealed) forgery.transactions.push_back(pending.bytes);
  return forgery;
}

// Gives the header the root of its transactions.
inline void set_root(Forgery& forgery) { forgery.header.transactions = ledger::transactions_root(forgery.views()); }

// The whole block: a nonce that meets the header's target (or just does not), and a seal that holds (or does not).
inline Bytes finish(LittleChain& chain, Forgery forgery, bool enough_work = true, bool good_seal = true) {
  const auto target = ledger::expand_target(forgery.header.target);
  while (target && ledger::meets(ledger::block_hash(ledger::encode(forgery.header)), *target) != enough_work)
    ++forgery.header.nonce;
  const Hash hash = ledger::block_hash(ledger::encode(forgery.header));
  Signature seal = chain.person(forgery.sealer).signer.sign(ledger::seal_message(hash));
  if (!good_seal) seal.bytes[0] ^= 1;
  return ledger::assemble_block(forgery.header, seal, forgery.views());
}

// Puts bytes behind the blocks, whatever they are, past every check. Into segment 0.
inline void append_raw(LittleChain& chain, ByteView bytes) {
  store::File segment = store::File::open_append(chain.layout().segment(0), false);
  segment.write(bytes);
}
inline void append_block(LittleChain& chain, ByteView block) { append_raw(chain, store::frame("CCF1", block)); }

// A good transaction with a signature that does not hold.
inline Bytes spoiled(Bytes transaction) {
  transaction.back() ^= 1;
  return transaction;
}

inline std::string file_bytes(const store::Path& path) { return store::read_file(path); }
inline void overwrite(const store::Path& path, std::string_view content) {
  std::filesystem::remove(path);
  store::File::create_new(path, 0644).write(view_of(content));
}

}  // namespace carechain::testing
