#pragma once
// Who may read what: the decision, as of any sealed height, the same wherever it is computed.
//
// The patient's grants first: each says permit, deny or nothing (policy_evaluation.hpp), and one that denies overrides.
// Then what can only turn a permit into a denial: for purposes other than treatment the minimum necessary. Then, where
// the answer is no, a clinician's emergency. The requester's standing comes before all of them.

#include <optional>
#include <string>

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

struct Question {
  ObjectRef record;
  PublicKey requester;        // account
  std::string purpose;        // v3-ActReason code
  std::uint64_t height;       // as of the state after this block
  Time time;                  // for the from and until of grants and standings
  bool reason_given = false;  // a reason for emergency access was stated
  bool whole_file = false;    // all of a patient's records were asked for, not some of them
};

struct Verdict {
  bool permit = false;
  std::string reason;              // one of the codes below
  std::optional<ObjectRef> grant;  // that decided, or came closest; of an emergency that goes on, its first decision
  std::string path = {};           // of the provision in it that decided; empty: none did
  friend bool operator==(const Verdict&, const Verdict&) = default;
};
// Permits: own-record granted emergency
// Denials: denied (a rule of the patient's forbids it) unknown-record suspended minimum-necessary whole-file
//          reason-missing (a clinician might read with a reason) erased jurisdiction
// None:    no-grant revoked expired not-yet-valid purpose-not-covered action-not-covered type-not-covered
std::string_view explain_reason(std::string_view code);
// "permit", "deny" or "none": no policy says anything.
std::string_view decision_word(bool permit, std::string_view reason);

// Looks at what grants and standings say as of the question's height, although the state may be a later one.
Verdict decide(const ledger::State&, const Question&);

}  // namespace carechain::care
