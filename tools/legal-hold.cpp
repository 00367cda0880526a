#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "legal-hold",
    .summary = "forbid the erasure of a patient's records, or lift that",
    .description =
        R"(While a legal hold is in force nothing it is about is erased: erase-key is refused with its basis and date. Only accounts that
the constitution names under privacy, holds, may set or lift one. A hold that comes after an erasure was ordered and before
the keys are destroyed stops it; what was destroyed can't be held any more.

The basis is a word for everyone to read, such as litigation, audit or investigation; never a name or a case number.
verify-chain and list holds show the holds in force.)",
    .examples = R"($ legal-hold --patient did:key:z6Mk… --basis litigation --until 2027-12-31 -k court -L demo
$ legal-hold --record 1f0c2d3e --basis audit -k court -L demo
$ legal-hold --lift 5a1b2c3d -k court -L demo)",
    .exit_status = "1: this account may not, there is no such record or hold, or it is erased already.",
    .see_also = "erase-key(1), verify-chain(1), list(1)"};

struct Options {
  std::string ledger, patient, custodian, record, basis, lift;
  cli::KeyChoice key;
  std::optional<Time> until;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("--patient", options.patient, "everything of this patient at a custodian: her account there")
      .type_name("WHO");
  set.add("--custodian", options.custodian, "the custodian, where the patient is named by a key file").type_name("WHO");
  set.add("--record", options.record, "this record only").type_name("ID");
  set.add("--basis", options.basis, "why, in a word").type_name("TEXT");
  set.add("--until", options.until, "last day or second; default: until it is lifted")
      .type_name("TIME")
      .check(cli::time_value(true));
  set.add("--lift", options.lift, "the hold that ends").type_name("ID");
  set.add_flag("--offline", options.offline, "sign and print only");
}

care::SetHold hold_of(const Options& options, const ledger::Pool& pool) {
  if (options.patient.empty() == options.record.empty())
    throw misuse("a hold is about a patient or a record", "--patient WHO, or --record ID");
  if (options.basis.empty()) throw misuse("a hold needs a basis", "--basis litigation");
  care::SetHold hold;
  hold.basis = options.basis;
  hold.until = options.until;
  if (!options.record.empty()) {
    hold.record = ledger::ref_of(care::find_object(pool, options.record));
    const auto record = care::records.get(pool.pending_state(), *hold.record);
    if (!record) throw refusal("'" + options.record + "' is not a record", "list records");
    hold.patient = record->patient;
    return hold;
  }
  if (!options.patient.starts_with("did:") && options.custodian.empty())
    throw misuse("a patient has another account at each custodian", "--custodian WHO, or her did:key there");
  const PublicKey custodian =
      options.custodian.empty() ? PublicKey{} : cli::account_of_who(options.custodian, pool.pending_state());
  hold.patient = cli::patient_account(options.patient, pool.pending_state(), pool.ledger().id(), custodian);
  return hold;
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const bool more = !options.patient.empty() || !options.record.empty() || !options.basis.empty() || options.until;
  if (!options.lift.empty() && more) throw misuse("--lift takes nothing else: the hold says what it is about");
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const auto operation = options.lift.empty()
                             ? ledger::operation(hold_of(options, pool))
                             : ledger::operation(care::LiftHold{ledger::ref_of(care::find_object(pool, options.lift))});
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), {operation},
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(legal_hold, about, declare, run);
