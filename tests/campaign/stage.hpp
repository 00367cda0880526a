#pragma once
// Prepared ledgers with records, grants and a vault, copies of them, and what must be true of each whatever happened.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/care/release.hpp"
#include "libcore/care/store_record.hpp"
#include "libcore/care/vault_audit.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/verify.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::campaign {

using testing::LittleChain;
using testing::person_called;
using testing::seeded_random;

// A directory with ledger/ and keys/, not necessarily the one it was made in.
struct Place {
  std::string directory;
  Time now;
  store::Layout layout() const { return {directory + "/ledger"}; }
  store::Path keys() const { return directory + "/keys"; }
};
inline const ledger::OperationTable& table() { return care::all_operations(); }

inline void set_up_memory_disk() {  // much faster than a disk that syncs; kills don't care
  if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
}

class Copy {
 public:
  Copy(const std::string& from, Time now) {
    std::string pattern = std::filesystem::temp_directory_path() / "carechain-copy-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw Error("no temporary directory");
    place_ = {pattern, now};
    std::filesystem::copy(from, pattern, std::filesystem::copy_options::recursive);
  }
  ~Copy() {
    std::error_code ignored;
    std::filesystem::remove_all(place_.directory, ignored);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  const Place& place() const { return place_; }

 private:
  Place place_;
};

// The deeds, each as its program does it.

inline Bytes content_of(const std::string& name, std::size_t size) {
  Bytes content(size);
  crypto::keystream(crypto::sha256(view_of(name)).bytes, content);
  return content;
}
inline crypto::Source source_of(Bytes content) {
  return [content = std::move(content), at = std::size_t{0}](std::span<std::uint8_t> buffer) mutable {
    const std::size_t count = std::min(buffer.size(), content.size() - at);
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), count, buffer.begin());
    at += count;
    return count;
  };
}

inline SecretKey alice_at_north(const Hash& id) {
  return care::pairwise_seed(person_called("alice").seed, id, person_called("north").key);
}

inline TransactionId send(const Place& place, const Hash& id, const crypto::Signer& signer,
                          const ledger::NewOperation& operation, const Random& random) {
  const Bytes transaction = ledger::sign_transaction(id, signer, {operation}, place.now, random);
  const auto verdict = ledger::submit(place.layout(), table(), place.now, {transaction}).front();
  if (verdict.status == ledger::Pool::Status::refused) throw refusal(verdict.reason);
  return verdict.id;
}

inline TransactionId put_record(const Place& place, const std::string& name, std::size_t size, bool external,
                                const Random& random) {
  const auto pool = ledger::Pool::look(place.layout(), table(), place.now);
  const auto north = person_called("north");
  auto vault = care::Vault::open_or_create(place.layout(), place.keys(), north.key, random);
  care::NewRecord fresh;
  fresh.patient = crypto::public_key(alice_at_north(pool.ledger().id()));
  fresh.types = {"Observation"};
  fresh.media = "text/plain";
  if (external) fresh.uri = "where:" + name;
  fresh.data = source_of(content_of(name, size));
  const auto use = vault.use();
  const auto put = care::store_record({pool, vault, north.key, place.now, random, 1}, fresh);
  return send(place, pool.ledger().id(), north.signer, ledger::operation(put), random);
}

inline TransactionId grant_to(const Place& place, const std::string& who, const Random& random) {
  const auto pool = ledger::Pool::look(place.layout(), table(), place.now);
  const SecretKey seed = alice_at_north(pool.ledger().id());
  care::Provision provision;
  provision.actors = {{person_called(who).key, {}}};
  provision.types = {{"*"}};
  provision.purposes = {{"TREAT"}};
  const care::GrantAccess grant{{{}, {provision}}};
  auto vault = care::Vault::open(place.layout(), place.keys());
  const auto use = vault.use();
  care::seal_for_grantees({pool, vault, seed, crypto::public_key(seed), random}, grant);
  return send(place, pool.ledger().id(), crypto::Signer(seed), ledger::operation(grant), random);
}

inline Bytes request_of(const Place& place, const std::string& who, const std::string& nonce) {
  const Hash id = ledger::Ledger::open(place.layout(), table()).id();
  care::Request request;
  request.custodian = person_called("north").key;
  request.patient = crypto::public_key(alice_at_north(id));
  request.purpose = "TREAT";
  request.time = place.now;
  request.nonce = care::Nonce(crypto::sha256(view_of(nonce)).view().first(care::Nonce::size));
  return care::sign_request(id, person_called(who).signer, request);
}

struct Answered {
  TransactionId logged;
  std::vector<care::Released> released;
};
inline Answered release(const Place& place, const Bytes& request, const Random& random) {
  const auto north = person_called("north");
  auto vault = care::Vault::open(place.layout(), place.keys());
  const auto use = vault.use();
  std::vector<SecretKey> seeds;
  seeds.push_back(north.seed.clone());
  const care::Fetch fetch = [](const std::string& uri) { return source_of(content_of(uri.substr(6), 70'000)); };
  const care::ReleaseDesk desk{place.layout(), table(), &vault, north.signer, seeds, place.now, random, fetch};
  Bytes transaction;
  auto released = care::release(desk, request, transaction);
  const Hash id = ledger::Ledger::open(place.layout(), table()).id();
  return {ledger::parse_transaction(id, transaction).id, std::move(released)};
}

inline std::optional<ledger::MinedBlock> mine(const Place& place) {
  std::vector<ledger::DroppedTransaction> dropped;
  const Time at = place.now;
  return ledger::mine(place.layout(), table(), person_called("north").signer, [at] { return at; }, {}, dropped, {});
}

// What must hold.

using Problems = std::vector<std::string>;

// With `sure` an unfinished last frame is a problem too.
inline void check_chain(const Place& place, bool sure, Problems& problems) {
  std::optional<care::VaultAudit> audit;
  if (care::Vault::exists(place.layout())) audit.emplace(place.layout());
  ledger::OnBlock on_block;
  if (audit) on_block = [&](const auto& block, const auto& transactions) { audit->see(block, transactions); };
  auto report = ledger::verify(place.layout(), table(), {}, {}, on_block);
  if (audit) audit->conclude(report, 1);
  for (const auto& fault : report.faults)
    problems.push_back("verification, " + std::string(to_text(fault.layer)) + ": " + fault.reason);
  if (sure && report.unclear) problems.push_back("verification unclear: " + *report.unclear);
}

// Pending, sealed or dropped with a reason: exactly one. `settled`: pending no longer counts.
inline void check_acknowledged(const Place& place, const std::vector<TransactionId>& ids, bool settled,
                               Problems& problems) {
  const auto pool = ledger::Pool::look(place.layout(), table(), place.now);
  const auto dropped = ledger::read_dropped(place.layout());
  for (const TransactionId& id : ids) {
    const auto pending = std::ranges::count(pool.pending(), id, &ledger::PendingTransaction::id);
    const auto sealed = pool.ledger().find_transaction(id) ? 1 : 0;
    const auto drops = std::ranges::count_if(dropped, [&](const auto& d) { return d.id == id && !d.reason.empty(); });
    if (pending + sealed + drops != 1 || (settled && pending != 0))
      problems.push_back("transaction " + encoding::hex(id.view()).substr(0, 8) + ": pending " +
                         std::to_string(pending) + ", sealed " + std::to_string(sealed) + ", dropped " +
                         std::to_string(drops));
  }
}

inline std::string opened(const care::Vault& vault, const Hash& id, const care::Record& record) {
  const SecretKey seed = alice_at_north(id);
  const PublicKey reader = crypto::public_key(seed);
  const auto patient_key = vault.patient_key(record.patient);
  if (!patient_key) return "no patient key";
  if (!vault.capsule_for(record.handle, record.version, reader)) return "no capsule";
  const auto inner = vault.inner_for(id, *patient_key, record.handle, record.version, reader);
  if (!inner) return "its capsule is locked with another key";
  const auto keys = care::open_keys({id, record.handle, record.version, reader}, seed, *inner);
  if (!keys) return "its capsule is not the patient's";
  if (record.external) return keys->uri ? "" : "no pointer";
  auto data = vault.object(record.root);
  if (!data) return "no object";
  const auto result = crypto::open_stream(
      keys->key, keys->digest_key, care::record_context(id, record.handle, record.version),
      [&](std::span<std::uint8_t> buffer) { return data->read(buffer); }, [](ByteView) {}, 1);
  return result.plain_digest == record.digest ? "" : "other content";
}

// Every record that the chain knows opens for its patient; so no orphan reads as one.
inline void check_records(const Place& place, Problems& problems) {
  const auto ledger = ledger::Ledger::open(place.layout(), table());
  const std::string prefix = care::records.key();
  ledger.scan_state(prefix, [&](std::string_view, std::string_view value) {
    const auto record = encoding::decode_fields<care::Record>(view_of(value));
    const auto vault = care::Vault::open(place.layout(), place.keys());
    if (const auto why = opened(vault, ledger.id(), record); !why.empty())
      problems.push_back("a record does not open: " + why);
    return true;
  });
}

}  // namespace carechain::campaign
