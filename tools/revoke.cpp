#include <map>

#include "libcore/care/access_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "revoke",
    .summary = "end grants, as the patient",
    .description =
        R"(Ends the grants that are named, or with --from every grant in force to that account. A revocation counts for the
custodian as soon as it is pending in its pool, before it is sealed. Who has read something keeps what was read; nothing
takes that back.)",
    .examples = R"($ revoke 1f0c2d3e -k alice -L demo
$ revoke --from dr-bob -k alice -L demo)",
    .exit_status = "1: there is no such grant, it is another patient's, or it was revoked already.",
    .see_also = "grant(1), list(1), access-log(1)"};

struct Options {
  std::string ledger, batch, from;
  cli::KeyChoice key;
  std::vector<std::string> grants;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("grant", options.grants, "grants to end").type_name("ID");
  set.add("--from", options.from, "end every grant to this account").type_name("WHO");
  set.add_flag("--offline", options.offline, "sign and print only");
}

// By the patient's account that has to sign: the grants it ends.
class Revocations {
 public:
  Revocations(const ledger::Pool& pool, const std::vector<SecretKey>& seeds, cli::Output& out)
      : pool_(pool), out_(out) {
    for (auto& key : care::keys_at_custodians(pool, seeds, {})) keys_.emplace(key.account, std::move(key.seed));
    for (const PublicKey& custodian : care::organisations(pool))  // grants ahead of any record
      for (auto& key : care::keys_at_custodians(pool, seeds, custodian))
        keys_.emplace(key.account, std::move(key.seed));
    for (const SecretKey& seed : seeds) keys_.emplace(crypto::public_key(seed), seed.clone());
  }

  void add(const Options& options) {
    if (options.grants.empty() == options.from.empty())
      throw misuse("name grants, or --from WHO", "list grants --patient WHO shows them");
    for (const std::string& text : options.grants) add_grant(text);
    if (!options.from.empty()) add_all_to(options.from);
  }

  void send(cli::Output& out, const store::Layout& layout, bool offline) const {
    for (const auto& [account, operations] : operations_)
      cli::sign_and_send(out, layout, pool_.ledger().id(), crypto::Signer(keys_.at(account)), operations,
                         {offline, {}});
  }

 private:
  void add_grant(const std::string& text) {
    const auto ref = ledger::ref_of(care::find_object(pool_, text));
    const auto grant = care::grants.get(pool_.pending_state(), ref);
    if (!grant) throw refusal("'" + text + "' is not a grant", "list grants --patient WHO");
    if (!keys_.contains(grant->patient))
      throw refusal("'" + text + "' is another patient's grant: only she may revoke it");
    operations_[grant->patient].push_back(ledger::operation(care::RevokeAccess{ref}));
  }

  void add_all_to(const std::string& who) {
    const PublicKey to = cli::account_of_who(who, pool_.pending_state());
    std::size_t found = 0;
    for (const auto& ref : care::refs_of(pool_, "gto", to)) {
      const auto grant = care::grants.get(pool_.pending_state(), ref);
      if (!grant || grant->ended || !keys_.contains(grant->patient)) continue;
      if (care::speaks_of_anyone(grant->policy) || care::actors_of(grant->policy).size() > 1) {
        out_.words("{} speaks of others too: revoke it by its id", ledger::json_text(ref));
        continue;
      }
      operations_[grant->patient].push_back(ledger::operation(care::RevokeAccess{ref}));
      ++found;
    }
    if (found == 0)
      throw refusal("there is no grant in force from this patient to '" + who + "'", "list grants --in-force");
  }

  const ledger::Pool& pool_;
  cli::Output& out_;
  std::map<PublicKey, SecretKey> keys_;
  std::map<PublicKey, std::vector<ledger::NewOperation>> operations_;
};

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const cli::OwnKeys own = cli::own_keys(options.key);
  Revocations revocations(pool, own.seeds, out);
  if (options.batch.empty())
    revocations.add(options);
  else
    for (const Options& line : cli::read_batch(options.batch, out, declare)) revocations.add(line);
  revocations.send(out, layout, options.offline);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(revoke, about, declare, run);
