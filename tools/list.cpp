#include <fmt/ranges.h>

#include "libcore/care/decision.hpp"
#include "libcore/care/erasure_tables.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/policy_input.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/contract/contract_operations.hpp"
#include "libcore/contract/effect_list.hpp"
#include "libcore/contract/instruction.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/governance.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{.name = "list",
                           .summary = "list grants, records, identities, contracts, effects, what is pending and more",
                           .description = R"(Lists what the ledger knows, sealed and pending:

  grants      who may read what, with --in-force only those neither revoked nor expired
  records     what custodians keep, of whom and of which type
  identities  organisations and professionals with their names and roles; with --sealers who may seal
  contracts   contracts with their owners and versions
  effects     what contracts caused, for scripts that carry it out: each once, in the order of the chain, with an id that
              stays the same; --since HEIGHT gives those of that block and of later ones
  pending     transactions that wait to be sealed
  capsules    the sealed keys in this directory's vault, by record and reader
  erasures    orders to destroy keys, and what became of them
  holds       legal holds, with --in-force only those neither lifted nor run out
  copies      who holds copies of vaults' keys

A patient is named by a did:key, or by her key file, which shows her accounts at all custodians.)",
                           .examples = R"($ list grants --patient alice --in-force -L demo
$ list records --patient alice -L demo | jq -r .id
$ list identities -L demo)",
                           .exit_status = "0 also when the list is empty.",
                           .see_also = "show-tx(1), show-chain(1), access-log(1)"};

struct Options {
  std::string ledger, what, patient, to;
  std::uint64_t since = 0;
  bool in_force = false, sealers = false, open = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("what", options.what, "what to list")
      .required()
      .check(cli::one_of({"grants", "records", "identities", "contracts", "effects", "pending", "capsules", "erasures",
                          "holds", "copies"}));
  set.add("--patient", options.patient, "of this patient").type_name("WHO");
  set.add("--to", options.to, "grants to this account, or capsules for it").type_name("WHO");
  set.add("--since", options.since, "effects of this block and later ones")
      .check(cli::whole(0, UINT64_MAX))
      .type_name("HEIGHT");
  set.add_flag("--in-force", options.in_force, "only grants and holds that are neither ended nor expired");
  set.add_flag("--open", options.open, "only effects that ask for a payment nobody instructed yet");
  set.add_flag("--sealers", options.sealers, "only accounts that may seal");
}

class Listing {
 public:
  Listing(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        layout_{options.ledger},
        pool_(ledger::Pool::look(layout_, care::all_operations(), out.world().now())) {
    if (!options.to.empty()) to_ = cli::account_of_who(options.to, pool_.pending_state());
    read_patient();
  }

  void run() {
    if (options_.what == "grants")
      grants();
    else if (options_.what == "records")
      records();
    else if (options_.what == "identities")
      identities();
    else if (options_.what == "contracts")
      contracts();
    else if (options_.what == "effects")
      effects();
    else if (options_.what == "pending")
      pending();
    else if (options_.what == "capsules")
      capsules();
    else if (options_.what == "erasures")
      erasures();
    else if (options_.what == "holds")
      holds();
    else
      copies();
    if (!out_.json()) out_.table(header_, rows_);
  }

 private:
  void read_patient() {
    if (options_.patient.empty()) return;
    if (options_.patient.starts_with("did:")) {
      patients_.push_back(cli::account_of_who(options_.patient, pool_.pending_state()));
      return;
    }
    for (const auto& key : care::keys_at_custodians(pool_, cli::own_keys({options_.patient, {}, -1}).seeds, {}))
      patients_.push_back(key.account);
    if (patients_.empty()) out_.words("no custodian on this ledger keeps records of '{}'", options_.patient);
  }

  bool wanted(const PublicKey& patient) const {
    return options_.patient.empty() || std::ranges::find(patients_, patient) != patients_.end();
  }

  // Rows of the state by table, sealed and pending.
  template <class Row, class Visit>
  void each(const ledger::Table<Row>& table, std::size_t key_bytes, const Visit& visit) const {
    const std::string prefix = table.key();
    const auto& entries = pool_.pending_state().entries();
    const auto decode = [&](std::string_view key, std::string_view value) {
      visit(view_of(key.substr(prefix.size(), key_bytes)), encoding::decode_fields<Row>(view_of(value)));
    };
    pool_.ledger().scan_state(prefix, [&](std::string_view key, std::string_view value) {
      if (entries.find(std::string(key)) == nullptr) decode(key, value);
      return true;
    });
    for (const auto& [key, entry] : entries)
      if (key.starts_with(prefix) && entry.after) decode(key, *entry.after);
  }

  // Rows whose key is a name.
  template <class Row, class Visit>
  void for_rows(const ledger::Table<Row>& table, const Visit& visit) const {
    each(table, std::string::npos, [&](ByteView key, const Row& row) { visit(std::string(text_of(key)), row); });
  }

  cli::Envelope envelope(const char* type, const care::ObjectRef* ref) const {
    cli::Envelope envelope;
    envelope.type = type;
    envelope.ledger = encoding::hex(pool_.ledger().id().view());
    if (ref == nullptr) return envelope;
    envelope.id = ledger::json_text(*ref);
    envelope.ids = {*envelope.id};
    const TransactionId tx = ledger::id_of(*ref).tx;
    envelope.tx = encoding::hex(tx.view());
    const auto place = pool_.ledger().find_transaction(tx);
    envelope.status = place ? "sealed" : "pending";
    if (place) envelope.height = place->height;
    return envelope;
  }

  std::string name(const PublicKey& account) const {
    const auto identity = ledger::identities.get(pool_.pending_state(), account);
    return identity && identity->name ? cli::clean(*identity->name) : encoding::did_key(account).substr(0, 20) + "…";
  }

  template <class Row>
  void emit(cli::Envelope&& envelope, const Row& row, std::vector<std::string> cells) {
    if (!out_.json()) {
      rows_.push_back(std::move(cells));
      return;
    }
    encoding::JsonWriter json;
    encoding::json_fields(row, json);
    envelope.data = json.take();
    out_.envelope(envelope);
  }

  void grants() {
    header_ = {"grant", "to", "what", "purposes", "until", "state"};
    const Time now = out_.world().now();
    each(care::grants, care::ObjectRef::size, [&](ByteView key, const care::Grant& grant) {
      const auto last = care::last_second(grant.policy);
      const bool over = grant.ended || (last && *last < now);
      const auto is_to = [&](const care::Actor& actor) { return actor.account == *to_; };
      if (!wanted(grant.patient) || (options_.in_force && over)) return;
      if (to_ && std::ranges::none_of(care::actors_of(grant.policy), is_to)) return;
      const care::ObjectRef ref(key);
      auto line = envelope("grant", &ref);
      emit(std::move(line), grant,
           {ledger::json_text(ref).substr(0, 12), cli::display_actors(grant.policy, pool_.pending_state()),
            cli::display_subject(grant.policy), cli::display_purposes(grant.policy), last ? to_text(*last) : "-",
            grant.ended ? "revoked"
            : over      ? "expired"
                        : "in force"});
    });
  }

  void records() {
    header_ = {"record", "types", "media", "bytes", "custodian", "state"};
    each(care::records, care::ObjectRef::size, [&](ByteView key, const care::Record& record) {
      if (!wanted(record.patient)) return;
      const care::ObjectRef ref(key);
      auto line = envelope("record", &ref);
      const std::string state = *line.status;
      emit(std::move(line), record,
           {ledger::json_text(ref).substr(0, 12), fmt::format("{}", fmt::join(record.types, " ")), record.media,
            std::to_string(record.size), name(record.custodian), state});
    });
  }

  void identities() {
    header_ = {"name", "kind", "roles", "account", "state"};
    each(ledger::identities, PublicKey::size, [&](ByteView key, const ledger::Identity& identity) {
      const PublicKey account(key);
      if (options_.sealers && !ledger::may_seal(pool_.ledger().state(), identity.key, pool_.ledger().tip().height + 1))
        return;
      auto line = envelope("identity", nullptr);
      line.id = encoding::did_key(account);
      line.ids = {*line.id};
      line.signer = line.id;
      const bool good =
          ledger::in_good_standing(pool_.pending_state(), account, pool_.ledger().tip().height + 1, out_.world().now());
      line.status = good ? "in-force" : "suspended";
      emit(std::move(line), identity,
           {identity.name ? cli::clean(*identity.name) : "-", std::string(to_text(identity.kind)),
            fmt::format("{}", fmt::join(identity.roles, " ")), encoding::did_key(account),
            good ? "in force" : "suspended or ended"});
    });
  }

  void contracts() {
    header_ = {"contract", "version", "from", "kind", "owner"};
    for_rows(contract::contracts, [&](const std::string& name, const contract::ContractRecord& record) {
      auto line = envelope("contract", nullptr);
      line.id = name;
      line.ids = {name};
      line.signer = encoding::did_key(record.owner);
      const auto* const version = contract::version_at(record, pool_.ledger().tip().height + 1);
      line.status = version != nullptr ? "in-force" : "not-yet";
      emit(std::move(line), record,
           {cli::clean(name), version != nullptr ? std::to_string(version->version) : "-",
            version != nullptr ? std::to_string(version->from) : "-", record.kind, this->name(record.owner)});
    });
  }

  void effects() {
    header_ = {"effect", "height", "kind", "of", "amount", "to"};
    contract::effects_since(
        pool_.ledger(), options_.since, [&](const contract::EffectId& id, const contract::Effect& effect) {
          if (options_.open && !is_open(id, effect)) return true;
          auto line = envelope("effect", &effect.cause);
          line.id = encoding::hex(id.view());
          line.ids = {*line.id};
          line.height = effect.height;
          line.time = effect.at;
          line.status = "sealed";
          emit(std::move(line), effect,
               {line_start(encoding::hex(id.view())), std::to_string(effect.height), effect.kind,
                line_start(ledger::json_text(effect.cause)), effect.amount ? std::to_string(*effect.amount) : "-",
                effect.to ? name(*effect.to) : "-"});
          return true;
        });
  }
  bool is_open(const contract::EffectId& id, const contract::Effect& effect) const {
    return contract::instruction_of(id, effect) && !contract::instructions.has(pool_.pending_state(), id);
  }
  static std::string line_start(const std::string& hex) { return hex.substr(0, 12); }

  void pending() {
    header_ = {"transaction", "what", "operations", "signer"};
    for (const auto& transaction : pool_.pending()) {
      auto line = cli::envelope_of(care::all_operations(), pool_.ledger().id(), transaction.bytes);
      if (out_.json())
        out_.envelope(line);
      else
        rows_.push_back({line.tx->substr(0, 12), line.type, std::to_string(line.ids.size()), *line.signer});
    }
  }

  void capsules() {
    header_ = {"record", "version", "reader"};
    const auto vault = care::Vault::open(layout_, cli::keys_directory());
    each(care::records, care::ObjectRef::size, [&](ByteView key, const care::Record& record) {
      if (record.custodian != vault.owner() || !wanted(record.patient)) return;
      const care::ObjectRef ref(key);
      for (const care::Capsule& capsule : vault.capsules(record.handle)) {
        if (to_ && capsule.reader != ledger::current_key(pool_.pending_state(), *to_)) continue;
        emit(envelope("capsule", &ref), capsule,
             {ledger::json_text(ref).substr(0, 12), std::to_string(capsule.version), name(capsule.reader)});
      }
    });
  }

  static std::string state_of(const care::Erasure& erasure) {
    return !erasure.done ? "ordered" : erasure.complete ? "done" : "done, copies left";
  }

  void erasures() {
    header_ = {"order", "custodian", "what", "basis", "state"};
    each(care::erasures, care::ObjectRef::size, [&](ByteView key, const care::Erasure& erasure) {
      if (!wanted(erasure.patient)) return;
      const care::ObjectRef ref(key);
      emit(envelope("erasure", &ref), erasure,
           {ledger::json_text(ref).substr(0, 12), name(erasure.custodian),
            erasure.record ? ledger::json_text(*erasure.record).substr(0, 12) : name(erasure.patient), erasure.basis,
            state_of(erasure)});
    });
  }

  void holds() {
    header_ = {"hold", "by", "what", "basis", "until", "state"};
    const Time now = out_.world().now();
    each(care::holds, care::ObjectRef::size, [&](ByteView key, const care::Hold& hold) {
      const bool over = hold.lifted || (hold.until && *hold.until < now);
      if (!wanted(hold.patient) || (options_.in_force && over)) return;
      const care::ObjectRef ref(key);
      emit(envelope("hold", &ref), hold,
           {ledger::json_text(ref).substr(0, 12), name(hold.by),
            hold.record ? ledger::json_text(*hold.record).substr(0, 12) : name(hold.patient), cli::clean(hold.basis),
            hold.until ? to_text(*hold.until) : "-",
            hold.lifted ? "lifted"
            : over      ? "expired"
                        : "in force"});
    });
  }

  void copies() {
    header_ = {"copy", "custodian", "epoch", "holder", "state"};
    each(care::key_copies, care::ObjectRef::size, [&](ByteView key, const care::KeyCopy& copy) {
      const care::ObjectRef ref(key);
      emit(envelope("copy", &ref), copy,
           {ledger::json_text(ref).substr(0, 12), name(copy.custodian), std::to_string(copy.epoch), name(copy.holder),
            copy.destroyed ? "destroyed" : "held"});
    });
  }

  const Options& options_;
  cli::Output& out_;
  store::Layout layout_;
  ledger::Pool pool_;
  std::optional<PublicKey> to_;
  std::vector<PublicKey> patients_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

Exit run(const Options& options, cli::Output& out) {
  Listing(options, out).run();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(list, about, declare, run);
