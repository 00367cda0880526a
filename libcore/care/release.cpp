#include "libcore/care/release.hpp"

#include "libcore/care/challenge.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/purpose.hpp"
#include "libcore/care/scope.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

struct Opened {  // a request that came, as far as it could be read
  std::optional<SignedRequest> request;
  std::string refusal;  // empty: it may be decided
};

Opened open_request(const ledger::Pool& pool, const PublicKey& custodian, ByteView bytes, Time now,
                    const std::optional<StatedReason>& reason) {
  Opened opened;
  try {
    opened.request = read_request(pool.ledger().id(), bytes);
  } catch (const encoding::CborFault&) {
    opened.refusal = "unreadable";
    return opened;
  }
  if (!opened.request) {
    opened.refusal = "altered";
    return opened;
  }
  const Request& request = opened.request->request;
  const auto fresh = static_cast<std::int64_t>(pool.ledger().constitution().defaults.request_seconds);
  if (request.custodian != custodian)
    opened.refusal = "misaddressed";
  else if (request.time.seconds + fresh < now.seconds || now.seconds + request_clock_tolerance < request.time.seconds)
    opened.refusal = "stale";
  else if (used_requests.has(pool.pending_state(), opened.request->id))
    opened.refusal = "replayed";
  else if (!ledger::account_of(pool.pending_state(), opened.request->signer))
    opened.refusal = "replaced-key";
  else if (!is_purpose(request.purpose))
    opened.refusal = "unknown-purpose";
  else if (request.reason && (!reason || digest_of(*reason) != *request.reason))
    opened.refusal = "reason-unknown";
  else
    opened.refusal = challenge_fault(pool.pending_state(), pool.ledger().id(), request, now);
  return opened;
}

// The records a request is about, as far as they are here.
std::vector<ObjectRef> asked_records(const ledger::Pool& pool, const PublicKey& custodian, const Request& request) {
  std::vector<ObjectRef> found;
  for (const ObjectRef& ref : request.patient ? records_of(pool, *request.patient) : request.records) {
    const auto record = records.get(pool.pending_state(), ref);
    if (!record || record->custodian != custodian || found.size() == max_answers) continue;
    const auto wanted = [&](const std::string& type) { return scope_covers(request.type.value_or("*"), type); };
    if (request.patient && request.type && !std::ranges::all_of(record->types, wanted)) continue;
    found.push_back(ref);
  }
  return found;
}

// A permit needs both what is sealed and what is pending to permit.
Answer answer_for(const ledger::Pool& pool, const Question& question) {
  Verdict verdict = decide(pool.ledger().state(), question);
  if (verdict.permit) {
    Question with_pending = question;
    with_pending.height = pool.ledger().tip().height + 1;
    Verdict pending = decide(pool.pending_state(), with_pending);
    if (!pending.permit) verdict = std::move(pending);
  }
  return {question.record, verdict.permit, verdict.reason, verdict.grant,
          verdict.path.empty() ? std::nullopt : std::optional(verdict.path)};
}

DecideAccess decide_all(const ledger::Pool& pool, const SignedRequest& request, ByteView bytes,
                        const std::vector<ObjectRef>& asked, Time now) {
  DecideAccess decision;
  decision.request = copy_of(bytes);
  decision.basis_height = pool.ledger().tip().height;
  decision.basis_hash = pool.ledger().tip().hash;
  decision.at = now;
  const PublicKey requester = *ledger::account_of(pool.pending_state(), request.signer);
  const Time rules_time = std::max(now, pool.ledger().tip().time());  // a sealer's clock may be ahead
  for (const ObjectRef& ref : asked)
    decision.answers.push_back(
        answer_for(pool, {ref, requester, request.request.purpose, decision.basis_height, rules_time,
                          request.request.reason.has_value(), asks_for_whole_file(request.request)}));
  return decision;
}

RefuseRequest refuse_whole(const Opened& opened, ByteView bytes, Time now) {
  RefuseRequest refuse;
  refuse.request = crypto::sha256(bytes);
  if (opened.request) refuse.requester = opened.request->signer;
  refuse.reason = opened.refusal;
  refuse.at = now;
  return refuse;
}

// For the review, before a byte goes out.
void keep_reasons(const ReleaseDesk& desk, const std::vector<Record>& kept, const DecideAccess& decision) {
  if (!desk.reason || desk.vault == nullptr) return;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (decision.answers[i].permit && decision.answers[i].reason == "emergency")
      keep_reason(desk.layout, *desk.vault, kept[i].patient, *desk.reason);
}

// Signs and queues; throws Error when the pool does not take it.
TransactionId log(const ReleaseDesk& desk, ledger::Pool& pool, const ledger::NewOperation& operation,
                  Bytes& transaction) {
  transaction = ledger::sign_transaction(pool.ledger().id(), desk.custodian, {operation}, desk.now, desk.random);
  const auto verdict = pool.offer(transaction);
  if (verdict.status != ledger::Pool::Status::accepted)
    throw Error("the decision could not be logged, so nothing is released: " + verdict.reason, verdict.hint);
  pool.commit();
  return verdict.id;
}

Release describe(const Record& record, const Answer& answer, ByteView request, const TransactionId& decision,
                 Time now) {
  Release fields;
  fields.request = copy_of(request);
  fields.permit = answer.permit;
  fields.reason = answer.reason;
  fields.record = answer.record;
  fields.grant = answer.grant;
  fields.decision = ledger::ref_of({decision, 0});
  fields.time = now;
  if (!answer.permit) return fields;
  fields.handle = record.handle;
  fields.version = record.version;
  fields.digest = record.digest;
  fields.types = record.types;
  fields.media = record.media;
  if (!record.external) fields.root = record.root;
  return fields;
}

// The key that signed a request, then older keys of the same account that the record's capsules are sealed to.
std::vector<PublicKey> keys_of_reader(const Vault* vault, const ledger::State& state, const Record& record,
                                      const PublicKey& signer) {
  std::vector<PublicKey> keys{signer};
  const auto use = vault != nullptr ? ledger::keys.get(state, signer) : std::nullopt;
  if (!use) return keys;  // its account never had another key
  for (const Capsule& capsule : vault->capsules(record.handle)) {
    const auto older = ledger::keys.get(state, capsule.reader);
    if (older && older->account == use->account && std::ranges::find(keys, capsule.reader) == keys.end())
      keys.push_back(capsule.reader);
  }
  return keys;
}

class Lockbox {  // the vault's part in one release
 public:
  Lockbox(const ReleaseDesk& desk, const Hash& ledger) : desk_(desk), ledger_(ledger) {}

  // Fills in capsule and data. Says what is missing by another reason; the decision stays a permit.
  // `readers`: keys of the requester, the one that signed first.
  void load(const Record& record, const std::vector<PublicKey>& readers, bool capsule_only, Released& released) const {
    const auto patient_key = desk_.vault != nullptr ? desk_.vault->patient_key(record.patient) : std::nullopt;
    if (!patient_key) return missing(released, "erased-or-elsewhere");
    for (const PublicKey& reader : readers) {
      auto inner = desk_.vault->inner_for(ledger_, *patient_key, record.handle, record.version, reader);
      if (!inner) continue;
      released.fields.reader = reader;
      released.fields.capsule = std::move(*inner);
      break;
    }
    if (!released.fields.capsule) {
      released.fields.reader = readers.front();
      released.fields.capsule = resealed(record, *patient_key, readers.front());
    }
    if (!released.fields.capsule) return missing(released, "no-capsule");
    if (capsule_only) return;
    if (record.external) return fetch(record, *patient_key, released);
    released.data = desk_.vault->object(record.root);
    if (!released.data) return missing(released, "data-missing");
    released.fields.bytes = released.data->size();
    if (released.fields.bytes != record.size) missing(released, "data-damaged");
  }

 private:
  static void missing(Released& released, const char* reason) {
    released.fields.reason = reason;
    released.fields.capsule.reset();
    released.fields.bytes = 0;
    released.data.reset();
  }

  std::optional<RecordKeys> own_keys(const Record& record, const SecretKey& patient_key) const {
    for (const SecretKey& seed : desk_.seeds) {
      const PublicKey own = crypto::public_key(seed);
      const auto inner = desk_.vault->inner_for(ledger_, patient_key, record.handle, record.version, own);
      if (!inner) continue;
      if (auto keys = open_keys({ledger_, record.handle, record.version, own}, seed, *inner)) return keys;
    }
    return std::nullopt;
  }

  // For a reader to whom nobody sealed the keys by name: a member of an organisation, somebody in an emergency.
  std::optional<Bytes> resealed(const Record& record, const SecretKey& patient_key, const PublicKey& reader) const {
    const auto keys = own_keys(record, patient_key);
    if (!keys) return std::nullopt;
    return seal_keys({ledger_, record.handle, record.version, reader}, *keys, desk_.random);
  }

  // External data is encrypted into a spool file and checked before a byte of it goes out.
  void fetch(const Record& record, const SecretKey& patient_key, Released& released) const {
    const auto keys = own_keys(record, patient_key);
    if (!keys || !keys->uri || !desk_.fetch) return missing(released, "data-elsewhere");
    const RecordHandle spool_name(draw<RecordHandle::size>(desk_.random));
    Vault::Incoming spool = desk_.vault->receive(spool_name);
    store::File data = store::File::open_read(spool.path);
    store::remove_file(spool.path);  // it has no name from here on, so nothing is left of it whatever happens
    const auto result = fetch_sealed(record, *keys, spool.file);
    if (result.plain_digest != record.digest) return missing(released, "changed-at-source");
    released.data = std::move(data);
    released.fields.bytes = result.sealed_size;
    released.fields.root = result.sealed_root;
  }

  crypto::ChunkedResult fetch_sealed(const Record& record, const RecordKeys& keys, store::File& into) const {
    return crypto::seal_stream(
        keys.key, keys.digest_key, record_context(ledger_, record.handle, record.version), desk_.random,
        desk_.fetch(*keys.uri), [&](ByteView bytes) { into.write(bytes); }, 1);
  }

  const ReleaseDesk& desk_;
  const Hash& ledger_;
};

void sign(const ReleaseDesk& desk, const Hash& ledger, Released& released) {
  released.message =
      ledger::sign_message(ledger::Word::release, ledger, desk.custodian, encoding::encode_fields(released.fields));
}

Released refused_whole(const ReleaseDesk& desk, const Hash& ledger, ByteView request, const std::string& reason,
                       const TransactionId& decision) {
  Released released;
  released.fields.request = copy_of(request);
  released.fields.reason = reason;
  released.fields.decision = ledger::ref_of({decision, 0});
  released.fields.time = desk.now;
  sign(desk, ledger, released);
  return released;
}

}  // namespace

std::vector<Released> release(const ReleaseDesk& desk, ByteView bytes, Bytes& transaction) {
  Hash ledger;
  Opened opened;
  DecideAccess decision;
  TransactionId logged;
  std::vector<Record> kept;
  std::vector<std::vector<PublicKey>> readers;
  {
    ledger::Pool pool = ledger::Pool::lock(desk.layout, desk.operations, desk.now);
    ledger = pool.ledger().id();
    const auto custodian = ledger::account_of(pool.pending_state(), desk.custodian.public_key());
    if (!custodian || !ledger::identities.has(pool.pending_state(), *custodian))
      throw refusal("the key " + encoding::did_key(desk.custodian.public_key()) +
                    " is not that of an enrolled custodian");
    opened = open_request(pool, *custodian, bytes, desk.now, desk.reason);
    const auto asked =
        opened.refusal.empty() ? asked_records(pool, *custodian, opened.request->request) : std::vector<ObjectRef>{};
    if (opened.refusal.empty() && asked.empty()) opened.refusal = "unknown-record";
    if (!opened.refusal.empty()) {
      logged = log(desk, pool, ledger::operation(refuse_whole(opened, bytes, desk.now)), transaction);
    } else {
      decision = decide_all(pool, *opened.request, bytes, asked, desk.now);
      for (const ObjectRef& ref : asked) {
        kept.push_back(*records.get(pool.pending_state(), ref));
        readers.push_back(keys_of_reader(desk.vault, pool.pending_state(), kept.back(), opened.request->signer));
      }
      logged = log(desk, pool, ledger::operation(decision), transaction);
    }
  }
  std::vector<Released> all;
  if (!opened.refusal.empty()) {
    all.push_back(refused_whole(desk, ledger, bytes, opened.refusal, logged));
    return all;
  }
  keep_reasons(desk, kept, decision);
  const Lockbox lockbox(desk, ledger);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    Released released;
    released.fields = describe(kept[i], decision.answers[i], bytes, logged, desk.now);
    if (released.fields.permit) lockbox.load(kept[i], readers[i], opened.request->request.capsules_only, released);
    sign(desk, ledger, released);
    all.push_back(std::move(released));
  }
  return all;
}

}  // namespace carechain::care
