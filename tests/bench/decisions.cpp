// How fast decisions are, and a ledger with many of them.
//
//   decisions rate GRANTS SECONDS     decides again and again in memory, with that many grants to the patient's
//                                     organisation; prints {"done":…,"seconds":…,"cpu":…}
//   decisions make DIR DECISIONS      a ledger of that many decisions about 10,000 patients; prints the did:key of one
//
// Everything but the rate follows from the arguments.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "libcore/care/access_operations.hpp"
#include "libcore/care/decision.hpp"
#include "libcore/care/grant_lists.hpp"
#include "libcore/care/request.hpp"
#include "libcore/encoding/text.hpp"
#include "unit/ledger/little_chain.hpp"

namespace {

using namespace carechain;

constexpr std::size_t patients = 10'000;

PublicKey key_of(std::uint64_t number) {
  return PublicKey(crypto::sha256(view_of("account " + std::to_string(number))).view());
}
care::ObjectRef ref_of(std::uint64_t number) {
  return ledger::ref_of({TransactionId(crypto::sha256(view_of("object " + std::to_string(number))).view()), 0});
}

care::Policy staff_reads(const PublicKey& organisation) {
  care::Provision provision;
  provision.actors = {{organisation, "nurse"}};
  provision.types = {{"Condition", "Observation"}};
  provision.purposes = {{"TREAT"}};
  return {std::nullopt, {provision}};
}

int rate(std::size_t count, double seconds) {
  const PublicKey organisation = key_of(0), nurse = key_of(1);
  ledger::MemoryState state;
  {
    ledger::Changes changes(state);
    ledger::Identity identity;
    identity.kind = ledger::Kind::organisation;
    identity.key = organisation;
    ledger::identities.put(changes, identity, organisation);
    identity.kind = ledger::Kind::professional;
    identity.key = nurse;
    identity.organisation = organisation;
    identity.roles = {"nurse"};
    ledger::identities.put(changes, identity, nurse);
    for (std::size_t i = 0; i < count; ++i) {
      care::Record record;
      record.patient = key_of(2 + i);
      record.custodian = organisation;
      record.types = {"Observation"};
      record.media = "application/fhir+json";
      care::records.put(changes, record, ref_of(2 * i));
      care::grants.put(changes, {record.patient, staff_reads(organisation), 1, {}}, ref_of(2 * i + 1));
      care::list_grant(changes, record.patient, staff_reads(organisation), ref_of(2 * i + 1));
    }
    state.take(changes);
  }
  std::vector<care::Question> questions;
  for (std::size_t i = 0; i < count; ++i) questions.push_back({ref_of(2 * i), nurse, "TREAT", 2, Time{0}});
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  std::size_t done = 0;
  double passed = 0;
  while (passed < seconds) {
    for (std::size_t i = 0; i < 1000; ++i, ++done)
      if (!care::decide(state, questions[done * 7919 % count]).permit) return 1;
    passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  std::printf("{\"done\":%zu,\"seconds\":%.6f,\"cpu\":%.6f}\n", done, passed,
              static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
  return 0;
}

int make(const std::string& directory, std::size_t count) {
  testing::LittleChain chain;
  std::vector<care::ObjectRef> records;
  for (std::size_t first = 0; first < patients; first += 1000) {
    std::vector<ledger::NewOperation> operations;
    for (std::size_t i = 0; i < 1000; ++i) {
      care::PutRecord put;
      put.handle = care::RecordHandle(key_of(first + i).view());
      put.patient = chain.account("patient " + std::to_string(first + i));
      put.types = {"Observation"};
      put.media = "application/fhir+json";
      put.root = Hash{};
      operations.push_back(ledger::operation(put));
    }
    const auto verdict = chain.submit(chain.sign("north", operations));
    if (verdict.status != ledger::Pool::Status::accepted) throw Error(verdict.reason);
    for (std::uint32_t i = 0; i < 1000; ++i) records.push_back(ledger::ref_of({verdict.id, i}));
    chain.mine();
  }
  for (std::size_t made = 0; made < count; made += 1000) {
    care::Request request;
    request.custodian = chain.account("north");
    const auto begin = records.begin() + static_cast<std::ptrdiff_t>(made % patients);
    request.records.assign(begin, begin + 1000);
    request.purpose = "TREAT";
    request.time = chain.now();
    request.nonce = care::Nonce(draw<care::Nonce::size>(chain.random()));
    const auto ledger = chain.open();
    care::DecideAccess decision;
    decision.request = care::sign_request(chain.id(), chain.person("reader").signer, request);
    decision.basis_height = ledger.tip().height;
    decision.basis_hash = ledger.tip().hash;
    decision.at = chain.now();
    for (const care::ObjectRef& ref : request.records) decision.answers.push_back({ref, false, "no-grant", {}});
    chain.act("north", decision);
    if (made / 1000 % 10 == 9) chain.mine();
  }
  chain.mine_empty();
  std::filesystem::copy(chain.layout().root, directory, std::filesystem::copy_options::recursive);
  std::puts(encoding::did_key(chain.account("patient 4711")).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) return 2;
  if (std::string_view(argv[1]) == "rate")
    return rate(std::strtoul(argv[2], nullptr, 10), std::strtod(argv[3], nullptr));
  return make(argv[2], std::strtoul(argv[3], nullptr, 10));
} catch (const std::exception& error) {
  std::fprintf(stderr, "decisions: %s\n", error.what());
  return 3;
}
