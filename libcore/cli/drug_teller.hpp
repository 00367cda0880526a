#pragma once
// The way of a thing of the drug supply chain as trace-drug prints it: for people, as JSON lines, as a graph.

#include <string>
#include <vector>

#include "libcore/care/drug/trace.hpp"
#include "libcore/cli/output.hpp"

namespace carechain::cli {

// Names for what the ledger has as numbers.
class DrugTeller {
 public:
  DrugTeller(Output& out, const ledger::Pool& pool) : out_(out), pool_(pool), state_(pool.pending_state()) {}

  std::string party(std::string_view gln) const;              // "acme 0300011111116"; "?": nobody
  std::string place(const care::drug::EventRow&) const;       // of an event; "-": none is given
  std::string evidence(const care::drug::EventPlace&) const;  // the event's id; empty: it isn't there
  Output& out() const { return out_; }
  const ledger::Pool& pool() const { return pool_; }
  const ledger::State& state() const { return state_; }

 private:
  Output& out_;
  const ledger::Pool& pool_;
  const ledger::State& state_;
};

struct DrugWay {
  std::string path;
  const care::drug::Standing* standing = nullptr;  // nullptr: unknown, or not asked for
  std::vector<care::drug::Hop> hops;
  std::vector<care::drug::FoundFlag> flags;
};
void tell_text(const DrugTeller&, const DrugWay&);   // what it is, where it is, a table of its way, what is wrong
void tell_json(const DrugTeller&, const DrugWay&);   // a line for each hop, then drug.standing
void tell_graph(const DrugTeller&, const DrugWay&);  // in the language of Graphviz

}  // namespace carechain::cli
