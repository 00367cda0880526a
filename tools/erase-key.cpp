#include <chrono>
#include <thread>

#include "libcore/care/erasing.hpp"
#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "erase-key",
    .summary = "destroy the keys of a patient, or of a record, and certify it",
    .description =
        R"(Makes records unreadable for everybody, those who had been granted access included, by destroying the one key that locks
all their capsules. That takes two steps. The first time the order is signed and queued; from then on nothing it is about is
released. Once the order is sealed (mine), the same command destroys the keys: the vault goes into a new epoch without them,
the old epoch's master key is destroyed, ciphertexts and capsules are deleted, and the certificate is printed and queued.
Given again it prints the certificate again. Interrupted at any point, the same command goes on.

Without a patient or record, every sealed order to this custodian that is still open is carried out.

A patient orders with her own key (-k alice, with --custodian one of hers only); the custodian then carries it out.

The certificate says COMPLETE, or PARTIAL with those who hold copies of the vault's keys (register-copy) or of the data, names
everyone who was permitted to read before, and what stays on the chain. Its text and its JSON line both hold the signed
message for verify-erasure. A copy of the vault together with a copy of its epoch file from before opens everything again:
no program can destroy what somebody keeps elsewhere.

An erasure under a legal hold, or within the time a record has to be kept, is refused with its basis and date. What was
erased stays erased: the account gets no new key here.)",
    .examples = R"($ erase-key --patient alice -k mercy -L demo && mine -k mercy -L demo
$ erase-key --patient alice -k mercy -L demo > certificate.json
$ erase-key --record 1f0c2d3e --wait 600 --format text -k mercy -L demo
$ erase-key -k alice --custodian mercy --offline -L copy | ssh mercy submit-tx -L demo)",
    .exit_status =
        "1: refused, by a legal hold, a retention class, or because it is not this key's to order. 3: the order is not "
        "sealed yet, so the keys still exist.",
    .see_also = "verify-erasure(1), legal-hold(1), register-copy(1), verify-chain(1)"};

struct Options {
  std::string ledger, custodian, basis = "request";
  cli::KeyChoice key;
  std::vector<std::string> patients, records;
  unsigned wait = 0;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("--patient", options.patients, "everything of this patient").type_name("WHO");
  set.add("--record", options.records, "this record only").type_name("ID");
  set.add("--custodian", options.custodian, "for a patient: ask this custodian only").type_name("WHO");
  set.add("--basis", options.basis, "why; default: request").check(cli::one_of(care::erasure_bases()));
  set.add("--wait", options.wait, "wait so long for the order to be sealed")
      .type_name("SECONDS")
      .check(cli::whole(0, 86400));
  set.add_flag("--offline", options.offline, "sign the order and print it only");
}

void print(cli::Output& out, const care::SignedCertificate& certificate, const ledger::State& state,
           const std::optional<TransactionId>& transaction) {
  if (!out.json()) {
    std::string text = care::certificate_text(
        certificate, [&](const PublicKey& account) { return cli::clean(cli::display_account(account, state)); });
    text.pop_back();
    out.line(text);
    return;
  }
  cli::Envelope envelope;
  envelope.type = "erasure.certificate";
  envelope.id = ledger::json_text(certificate.fields.order);
  envelope.ids = {*envelope.id};
  if (transaction) envelope.tx = encoding::hex(transaction->view());
  if (transaction) envelope.status = "pending";
  envelope.time = certificate.fields.issued;
  envelope.signer = encoding::did_key(certificate.signer);
  envelope.ledger = encoding::hex(certificate.fields.ledger.view());
  encoding::JsonWriter json;
  encoding::json_fields(certificate.fields, json);
  envelope.data = json.take();
  envelope.cose = encoding::base64url(certificate.message);
  out.envelope(envelope);
}

// As a patient: orders only.
class Ordering {
 public:
  Ordering(const Options& options, cli::Output& out, const ledger::Pool& pool, const cli::OwnKeys& own)
      : options_(options), out_(out), pool_(pool), own_(own) {}

  void run() {
    std::optional<PublicKey> only;
    if (!options_.custodian.empty()) only = cli::account_of_who(options_.custodian, pool_.pending_state());
    for (const std::string& text : options_.records) order_record(text);
    if (!options_.records.empty()) return say();
    const auto keys = care::keys_at_custodians(pool_, own_.seeds, only);
    if (keys.empty()) throw refusal("no custodian on this ledger keeps records of yours");
    for (const auto& key : keys) send(key, {key.account, key.custodian, {}, options_.basis});
    say();
  }

 private:
  void order_record(const std::string& text) {
    const auto ref = ledger::ref_of(care::find_object(pool_, text));
    const auto record = care::records.get(pool_.pending_state(), ref);
    if (!record) throw refusal("'" + text + "' is not a record", "list records --patient WHO");
    const auto key = care::key_for_record(pool_.pending_state(), pool_.ledger().id(), own_.seeds, *record);
    if (!key) throw refusal("the record is another patient's: only she or its custodian may order its erasure");
    send(*key, {record->patient, record->custodian, ref, options_.basis});
  }

  void send(const care::PatientKey& key, const care::OrderErasure& order) {
    cli::sign_and_send(out_, {options_.ledger}, pool_.ledger().id(), crypto::Signer(key.seed),
                       {ledger::operation(order)}, {options_.offline, {}});
  }

  void say() const { out_.words("the custodian destroys the keys once the order is sealed: erase-key -k CUSTODIAN"); }

  const Options& options_;
  cli::Output& out_;
  const ledger::Pool& pool_;
  const cli::OwnKeys& own_;
};

class Erasing {
 public:
  Erasing(const Options& options, cli::Output& out, const cli::OwnKeys& own, const PublicKey& account)
      : options_(options), out_(out), layout_{options.ledger}, signer_(own.signer()), account_(account) {}

  Exit run(const ledger::Pool& pool) {
    std::vector<ledger::NewOperation> fresh = sort(pool);
    const bool ordered = !fresh.empty();
    if (ordered) {
      cli::sign_and_send(out_, layout_, pool.ledger().id(), signer_, fresh, {options_.offline, {}});
      out_.flush();
    }
    if (options_.offline) return Exit::ok;
    const bool all_sealed = !ordered && waiting_ == 0;
    if (!all_sealed && options_.wait > 0) return wait();
    Exit exit = Exit::ok;
    if (waiting_ > 0) {
      out_.error("an order of erasure is not sealed yet: the keys still exist",
                 "mine, then give the same command again");
      exit = Exit::trouble;
    } else if (ordered) {
      out_.words("the keys still exist: give the same command again once the order is sealed");
    }
    finish(pool);
    return exit;
  }

 private:
  struct Target {
    PublicKey patient;
    std::optional<care::ObjectRef> record;
  };

  std::vector<Target> targets(const ledger::Pool& pool) const {
    std::vector<Target> all;
    for (const std::string& who : options_.patients) {
      const PublicKey patient = cli::patient_account(who, pool.pending_state(), pool.ledger().id(), account_);
      require_records(pool, patient, who);
      all.push_back({patient, {}});
    }
    for (const std::string& text : options_.records) {
      const auto ref = ledger::ref_of(care::find_object(pool, text));
      const auto record = care::records.get(pool.pending_state(), ref);
      if (!record) throw refusal("'" + text + "' is not a record", "list records");
      if (record->custodian != account_) throw refusal("'" + text + "' is kept by another custodian");
      all.push_back({record->patient, ref});
    }
    return all;
  }

  void require_records(const ledger::Pool& pool, const PublicKey& patient, const std::string& who) const {
    for (const auto& ref : care::records_of(pool, patient)) {
      const auto record = care::records.get(pool.pending_state(), ref);
      if (record && record->custodian == account_) return;
    }
    throw refusal("this custodian keeps no records of '" + who + "'",
                  "the patient's account here, as keygen --derive prints it");
  }

  // What has to be ordered; what was is put where it belongs.
  std::vector<ledger::NewOperation> sort(const ledger::Pool& pool) {
    std::vector<ledger::NewOperation> fresh;
    waiting_ = 0;
    carry_.clear();
    done_.clear();
    const auto all = targets(pool);
    const auto open = care::open_orders(pool, account_);
    if (all.empty()) carry_ = open;
    for (const Target& target : all) {
      const auto order = care::order_about(pool.pending_state(), account_, target.patient, target.record);
      if (!order) {
        fresh.push_back(ledger::operation(care::OrderErasure{target.patient, account_, target.record, options_.basis}));
        continue;
      }
      if (std::ranges::find(open, *order) != open.end())
        carry_.push_back(*order);
      else if (care::erasures.get(pool.pending_state(), *order)->done)
        done_.push_back(*order);
      else
        ++waiting_;
    }
    return fresh;
  }

  Exit wait() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(options_.wait);
    for (;;) {
      const auto pool = ledger::Pool::look(layout_, care::all_operations(), out_.world().now());
      if (!sort(pool).empty()) throw refusal("the order was dropped before it was sealed", "show-tx says why");
      if (waiting_ == 0) {
        finish(pool);
        return Exit::ok;
      }
      if (std::chrono::steady_clock::now() >= deadline)
        throw Error("the order is not sealed yet: the keys still exist", "mine, then give the same command again");
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }

  void finish(const ledger::Pool& pool) {
    for (const care::ObjectRef& order : done_) {
      const auto certificate = care::stored_certificate(layout_, order);
      if (!certificate) throw Error("the certificate is not in this vault: " + ledger::json_text(order));
      print(out_, *certificate, pool.pending_state(), {});
    }
    if (carry_.empty()) {
      if (options_.patients.empty() && options_.records.empty())
        out_.words("there is no order of erasure to carry out");
      return;
    }
    const care::ErasureDesk desk{layout_, cli::keys_directory(), care::all_operations(), account_,
                                 signer_, out_.world().now(),    out_.world().random};
    for (const care::CarriedOut& one : care::carry_out(desk, carry_))
      print(out_, one.certificate, pool.pending_state(),
            ledger::parse_transaction(pool.ledger().id(), one.transaction).id);
  }

  const Options& options_;
  cli::Output& out_;
  store::Layout layout_;
  crypto::Signer signer_;
  PublicKey account_;
  std::vector<care::ObjectRef> carry_, done_;  // sealed orders to be carried out; those whose certificate exists
  std::size_t waiting_ = 0;                    // pending orders
};

Exit run(const Options& options, cli::Output& out) {
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  const cli::OwnKeys own = cli::own_keys(options.key);
  const auto account = ledger::account_of(pool.pending_state(), own.key());
  const auto identity = account ? ledger::identities.get(pool.pending_state(), *account) : std::nullopt;
  if (identity && identity->kind == ledger::Kind::organisation) {
    if (!options.custodian.empty()) throw misuse("--custodian is for a patient's key: a custodian erases its own");
    return Erasing(options, out, own, *account).run(pool);
  }
  if (!options.patients.empty()) throw misuse("a patient orders the erasure of her own records", "leave out --patient");
  Ordering(options, out, pool, own).run();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(erase_key, about, declare, run);
