#include "libcore/ledger/ledger.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {
namespace {

void require_nothing_there(const store::Layout& layout) {
  if (store::exists(layout.blocks()))
    throw refusal("there is a ledger in '" + layout.root + "' already", "choose another directory with -L");
}

// blocks/ comes into being with block 0 in it: a directory with another name, then one rename.
void put_first_block(const store::Layout& layout, const OperationTable& table, ByteView block0) {
  const store::Path fresh = layout.blocks() + ".new";
  store::remove_directory(fresh);  // of an attempt that did not come to its end
  store::make_directory(fresh);
  const std::string first = layout.segment(0).substr(layout.blocks().size());
  store::replace_file(fresh + first, store::frame("CCF1", block0));
  store::rename_file(fresh, layout.blocks());
  store::sync_directory(layout.root);
  LedgerWriter::open(layout, table);
}

}  // namespace

void create_ledger(const store::Layout& layout, const OperationTable& table, const Constitution& constitution,
                   std::string_view yaml) {
  require_nothing_there(layout);
  if (store::exists(layout.genesis()) && store::read_file(layout.genesis()) != yaml)
    throw refusal("there is another genesis.yaml in '" + layout.root + "'", "choose another directory with -L");
  store::make_directory(layout.root);
  store::make_directory(layout.vault(), 0700);
  store::replace_file(layout.genesis(), view_of(yaml));
  put_first_block(layout, table, founding_block(constitution));
}

void create_copy(const store::Layout& layout, const OperationTable& table, ByteView block0) {
  require_nothing_there(layout);
  try {
    read_founding_block(parse_block(block0));
  } catch (const Error& error) {
    throw refusal("this is no block 0: " + std::string(error.what()));
  }
  store::make_directory(layout.root);
  store::make_directory(layout.vault(), 0700);
  put_first_block(layout, table, block0);
}

}  // namespace carechain::ledger
