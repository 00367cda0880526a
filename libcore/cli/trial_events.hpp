#pragma once
// What happens in a trial, from a command line or a line of a batch to an operation and the key that signs it.

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "libcore/care/trial/queries.hpp"
#include "libcore/cli/output.hpp"
#include "libcore/cli/trial_event_words.hpp"
#include "libcore/cli/who.hpp"

namespace carechain::cli {

// Makes events of one kind. Remembers accounts, so that a million lines about a thousand subjects read each key once.
class EventMaker {
 public:
  EventMaker(const ledger::Pool&, std::string kind, const KeyChoice&, Time now);

  struct Made {
    ledger::NewOperation operation;
    const SecretKey* seed;  // that signs
  };
  Made make(const EventWords&);  // throws refusal(), misuse()

 private:
  using ObjectRef = care::trial::ObjectRef;
  const ObjectRef& trial_of(const EventWords&);
  PublicKey subject_of(const EventWords&);
  Time time_of(const std::string& option, const std::string& text) const;
  const SecretKey& own_seed();
  const SecretKey& subject_seed(const EventWords&, const PublicKey& subject);
  void need(const std::string& value, const char* option) const;
  template <class Operation>
  void common(const EventWords&, Operation&);

  ledger::NewOperation consent(const EventWords&);
  ledger::NewOperation countersign(const EventWords&);
  ledger::NewOperation enroll(const EventWords&);
  ledger::NewOperation randomise(const EventWords&);
  ledger::NewOperation visit(const EventWords&);
  ledger::NewOperation adverse(const EventWords&);
  ledger::NewOperation milestone(const EventWords&);
  ledger::NewOperation lift(const EventWords&);
  ledger::NewOperation other(const EventWords&);

  const ledger::Pool& pool_;
  std::string kind_;
  KeyChoice key_;
  Time now_;
  std::optional<OwnKeys> own_;
  std::map<std::string, ObjectRef> trials_;
  std::unordered_map<std::string, PublicKey> accounts_;
  std::map<PublicKey, SecretKey> subject_seeds_;
  std::map<std::string, std::uint32_t> next_;  // of strata
};

const std::vector<std::string>& event_kinds();

}  // namespace carechain::cli
