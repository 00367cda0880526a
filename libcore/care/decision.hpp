#pragma once
// Who may read what: the decision, as of any sealed height, the same wherever it is computed.

#include <optional>
#include <string>

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

struct Question {
  ObjectRef record;
  PublicKey requester;   // account
  std::string purpose;   // v3-ActReason code
  std::uint64_t height;  // as of the state after this block
  Time time;             // for the from and until of grants and standings
};

struct Verdict {
  bool permit = false;
  std::string reason;              // one of the codes below
  std::optional<ObjectRef> grant;  // that permitted, or came closest
  friend bool operator==(const Verdict&, const Verdict&) = default;
};
// Reasons: own-record granted | unknown-record suspended no-grant revoked expired not-yet-valid
//          purpose-not-covered type-not-covered erased jurisdiction
std::string_view explain_reason(std::string_view code);

// Looks at what grants and standings say as of the question's height, although the state may be a later one.
Verdict decide(const ledger::State&, const Question&);

// Whether a grant covers a record and purpose, its dates apart.
bool covers(const Grant&, const ObjectRef& record, const Record&);

}  // namespace carechain::care
