// A trial that is under way, for the benchmark of adverse events.
//
//   trial_events DIR KEYFILE SUBJECTS EVENTS     a ledger in DIR whose trial PILL-1 has that many subjects; the key of
//   its
//                                                sponsor, who may also seal, in KEYFILE; on stdout that many adverse
//                                                events, a line each for trial-event --batch
//
// One event in ten is serious, one in a hundred is suspected and unexpected too, and so has a reporting clock.

#include <cstdio>
#include <cstdlib>

#include "libcore/crypto/key_file.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/file.hpp"
#include "unit/care/trial/trial_chain.hpp"

namespace {

using namespace carechain;
using namespace carechain::care::trial;
using testing::LittleChain;
using testing::TrialChain;

std::string subject_name(std::size_t number) { return "subject " + std::to_string(number); }

void take(LittleChain& chain, const std::vector<Bytes>& transactions) {
  for (const auto& verdict : ledger::submit(chain.layout(), chain.operations(), chain.now(), transactions))
    if (verdict.status != ledger::Pool::Status::accepted) throw Error(verdict.reason);
  chain.mine();
}

// The same operation for every subject, a thousand to a transaction.
void for_all(LittleChain& chain, std::size_t subjects,
             const std::function<ledger::NewOperation(const std::string&, std::uint32_t)>& make) {
  std::vector<Bytes> transactions;
  std::vector<ledger::NewOperation> operations;
  for (std::size_t i = 0; i < subjects; ++i) {
    operations.push_back(make(subject_name(i), static_cast<std::uint32_t>(i)));
    if (operations.size() < ledger::max_operations && i + 1 < subjects) continue;
    transactions.push_back(chain.sign("north", operations));
    operations.clear();
  }
  take(chain, transactions);
}

void fill(TrialChain& trial, std::size_t subjects) {
  std::vector<Bytes> consents;
  for (std::size_t i = 0; i < subjects; ++i) {
    const std::string name = subject_name(i);
    consents.push_back(trial.chain.signed_by(name, trial.consent(name)));
  }
  take(trial.chain, consents);
  for_all(trial.chain, subjects,
          [&](const std::string& name, std::uint32_t) { return ledger::operation(trial.about<EnrollSubject>(name)); });
  for_all(trial.chain, subjects, [&](const std::string& name, std::uint32_t index) {
    auto randomise = trial.about<Randomise>(name);
    randomise.stratum = "all";
    randomise.index = index;
    randomise.arm = index % 2 == 0 ? "red" : "white";
    return ledger::operation(randomise);
  });
}

void write_events(TrialChain& trial, std::size_t subjects, std::size_t events) {
  std::vector<std::string> accounts;
  for (std::size_t i = 0; i < subjects; ++i)
    accounts.push_back(encoding::did_key(trial.chain.account(subject_name(i))));
  const char* const grades[] = {"1", "1", "2", "1", "2", "3", "1", "2", "1", "4"};
  for (std::size_t i = 0; i < events; ++i)
    std::printf(R"({"subject":"%s","term":"Headache","grade":%s,"causality":"%s","outcome":"recovered"%s%s})"
                "\n",
                accounts[i * 7919 % subjects].c_str(), grades[i % 10], i % 3 == 0 ? "unlikely" : "possible",
                i % 10 == 4 ? R"(,"criterion":["hospitalisation"])" : "", i % 100 == 4 ? "" : R"(,"expected":true)");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) return 2;
  const std::size_t subjects = std::strtoul(argv[3], nullptr, 10);
  TrialChain trial;
  fill(trial, subjects);
  std::filesystem::copy(trial.chain.layout().root, argv[1], std::filesystem::copy_options::recursive);
  store::write_new_file(argv[2], view_of(crypto::write_private_pem(trial.chain.person("north").seed)), 0600);
  write_events(trial, subjects, std::strtoul(argv[4], nullptr, 10));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "trial_events: %s\n", error.what());
  return 3;
}
