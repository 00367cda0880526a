#pragma once
// A small ledger in a directory of its own: keys, randomness and clock are made from fixed seeds, so the same deeds
// give the same bytes. Two organisations found it, north (registrar, hospital, sponsor) and south (hospital, payer);
// both may seal; the proof of work is next to nothing. Anybody else is there as soon as named.
//
//   LittleChain chain;
//   chain.act("north", ledger::Enroll{…});          // sign, put into the pool, demand that it is taken
//   chain.mine();                                   // seal what is pending
//   chain.open().tip().height;

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "libcore/care/operations.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/system_random.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/governance.hpp"
#include "libcore/ledger/ledger.hpp"
#include "libcore/ledger/miner.hpp"
#include "libcore/ledger/pool.hpp"

// Offers without hope: the reason must contain these words.
#define CHECK_REFUSED(offer, words) CHECK_MESSAGE((offer).find(words) != std::string::npos, (offer))

namespace carechain::testing {

// Bytes that look random and repeat: the same label gives the same sequence of draws.
inline Random seeded_random(const std::string& label) {
  return [label, drawn = std::uint64_t{0}](std::span<std::uint8_t> out) mutable {
    crypto::keystream(crypto::sha256(view_of(label + '#' + std::to_string(drawn++))).bytes, out);
  };
}

struct Person {
  SecretKey seed;
  crypto::Signer signer;
  PublicKey key;  // also the account, until it is rotated
};
// Somebody whose key follows from the name.
inline Person person_called(const std::string& name) {
  SecretKey seed(crypto::sha256(view_of("carechain test key of " + name)).view());
  crypto::Signer signer(seed);
  const PublicKey key = signer.public_key();
  return {std::move(seed), std::move(signer), key};
}

class LittleChain {
 public:
  struct Settings {
    std::string name = "little";
    std::string label = "little chain";  // of its randomness: chains with different labels differ
    ledger::Consensus consensus{.spacing = 60, .half_life = 3600, .target = 0x207fffff, .future = 7200};
    std::uint64_t quorum = 2;  // of the two founders
    std::uint64_t segment_bytes = 64u << 20;
    std::uint64_t rules = ledger::known_rule_set;
    Time created{1'700'000'000};  // 2023-11-14T22:13:20Z
    const ledger::OperationTable* operations = &care::all_operations();
    std::optional<ledger::Privacy> privacy = {};
    std::optional<std::string> north_in = {}, south_in = {};  // jurisdictions
  };

  LittleChain() : LittleChain(Settings{}) {}
  explicit LittleChain(const Settings& settings)
      : operations_(settings.operations), random_(seeded_random(settings.label)) {
    std::string pattern = std::filesystem::temp_directory_path() / "carechain-little-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    directory_ = pattern;
    std::filesystem::create_directory(keys());
    now_ = settings.created;
    constitution_ = constitution_of(settings);
    ledger::create_ledger(layout(), operations(), constitution_, "name: " + settings.name + "\n");
    id_ = open().id();
    tick(60);
  }
  ~LittleChain() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  LittleChain(const LittleChain&) = delete;
  LittleChain& operator=(const LittleChain&) = delete;

  const std::string& directory() const { return directory_; }  // holds ledger/ and keys/; removed at the end
  store::Layout layout() const { return {directory_ + "/ledger"}; }
  store::Path keys() const { return directory_ + "/keys"; }  // outside the ledger, for epoch keys
  const ledger::OperationTable& operations() const { return *operations_; }
  const ledger::Constitution& constitution() const { return constitution_; }
  const Hash& id() const { return id_; }
  const Random& random() const { return random_; }

  Time now() const { return now_; }
  void tick(std::int64_t seconds) { now_.seconds += seconds; }

  const Person& person(const std::string& name) {
    auto found = people_.find(name);
    if (found == people_.end()) found = people_.emplace(name, person_called(name)).first;
    return found->second;
  }
  PublicKey account(const std::string& name) { return person(name).key; }

  ledger::Ledger open() const { return ledger::Ledger::open(layout(), operations()); }
  ledger::Pool look() const { return ledger::Pool::look(layout(), operations(), now_); }

  // A transaction signed now.
  Bytes sign(const std::string& who, const std::vector<ledger::NewOperation>& what, std::optional<Time> until = {}) {
    return ledger::sign_transaction(id_, person(who).signer, what, now_, random_, until);
  }
  template <class... Operation>
  Bytes signed_by(const std::string& who, const Operation&... what) {
    return sign(who, {ledger::operation(what)...});
  }

  // Into the pool: one verdict.
  ledger::Pool::Verdict submit(const Bytes& transaction) {
    return ledger::submit(layout(), operations(), now_, {transaction}).front();
  }
  // Signs and offers; the reason of a refusal, or empty.
  template <class... Operation>
  std::string offer(const std::string& who, const Operation&... what) {
    return submit(signed_by(who, what...)).reason;
  }
  // Signs, offers, and demands that it is taken; its id.
  template <class... Operation>
  TransactionId act(const std::string& who, const Operation&... what) {
    const auto verdict = submit(signed_by(who, what...));
    if (verdict.status != ledger::Pool::Status::accepted) throw std::runtime_error("refused: " + verdict.reason);
    return verdict.id;
  }

  // Seals what is pending; the clock moves on by the spacing of the rules. Throws when nothing was sealed.
  ledger::MinedBlock mine(const std::string& sealer = "north", unsigned threads = 1) {
    auto block = try_mine(sealer, {.threads = threads});
    if (!block) throw std::runtime_error("nothing was sealed");
    return *block;
  }
  ledger::MinedBlock mine_empty(const std::string& sealer = "north") {
    return *try_mine(sealer, {.threads = 1, .empty = true});
  }
  std::optional<ledger::MinedBlock> try_mine(const std::string& sealer, const ledger::MineOptions& options) {
    dropped_.clear();
    const Time at = now_;
    auto block =
        ledger::mine(layout(), operations(), person(sealer).signer, [at] { return at; }, options, dropped_, {});
    tick(static_cast<std::int64_t>(constitution_.consensus.spacing));
    return block;
  }
  const std::vector<ledger::DroppedTransaction>& dropped() const { return dropped_; }  // by the last mining

  // Signs, offers, demands, seals; the name of the first operation's object.
  template <class... Operation>
  ledger::ObjectRef seal(const std::string& who, const Operation&... what) {
    const TransactionId id = act(who, what...);
    mine();
    return ledger::ref_of({id, 0});
  }

  // An enrolment that the rules take.
  ledger::Enroll enrolment(const std::string& who, ledger::Kind kind, const std::string& role) {
    ledger::Enroll enroll;
    enroll.account = account(who);
    enroll.kind = kind;
    enroll.roles = {role};
    if (kind != ledger::Kind::patient) enroll.public_name = who;
    return enroll;
  }

 private:
  ledger::Constitution constitution_of(const Settings& settings) {
    ledger::Constitution constitution;
    constitution.name = settings.name;
    constitution.created = settings.created;
    constitution.salt = ledger::Salt(crypto::sha256(view_of(settings.label)).view());
    constitution.rules = settings.rules;
    constitution.quorum = {settings.quorum, {account("north"), account("south")}};
    constitution.consensus = settings.consensus;
    constitution.sealers = {account("north"), account("south")};
    constitution.members = {{.name = "north",
                             .account = account("north"),
                             .roles = {"registrar", "hospital", "sponsor"},
                             .npi = {},
                             .gln = {},
                             .jurisdiction = settings.north_in},
                            {.name = "south",
                             .account = account("south"),
                             .roles = {"hospital", "payer"},
                             .npi = {},
                             .gln = {},
                             .jurisdiction = settings.south_in}};
    constitution.privacy = settings.privacy;
    constitution.defaults.segment_bytes = settings.segment_bytes;
    return constitution;
  }

  std::string directory_;
  const ledger::OperationTable* operations_;
  Random random_;
  Time now_;
  Hash id_;
  ledger::Constitution constitution_;
  std::map<std::string, Person> people_;
  std::vector<ledger::DroppedTransaction> dropped_;
};

}  // namespace carechain::testing
