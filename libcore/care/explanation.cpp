#include "libcore/care/explanation.hpp"

#include "libcore/base/error.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

std::string grant_command(const Question& question) {
  return "grant --to " + encoding::did_key(question.requester) + " --record " + ledger::json_text(question.record) +
         " --purpose " + question.purpose;
}

bool might_break_glass(const ledger::State& state, const Question& question) {
  const auto identity = ledger::identities.get(state, question.requester);
  return identity && std::ranges::any_of(identity->roles, is_clinical_role) && emergency_terms(state);
}

std::vector<std::string> changes_for(const ledger::State& state, const Question& question, const Verdict& verdict) {
  const std::string grant = verdict.grant ? ledger::json_text(*verdict.grant) : "";
  std::vector<std::string> changes;
  if (verdict.permit) return changes;
  if (verdict.reason == "unknown-record") return {"the record was stored later, or is not on this ledger"};
  if (verdict.reason == "suspended")
    return {"the organisation that enrolled the requester restores it: enroll-identity " +
            encoding::did_key(question.requester) + " --restore"};
  if (verdict.reason == "denied") {
    changes.emplace_back("the patient ends the rule that forbids it: revoke " + grant);
  } else if (verdict.reason == "not-yet-valid") {
    changes.emplace_back("the grant " + grant + " begins later, or is not sealed as of then");
  } else if (verdict.reason == "minimum-necessary") {
    changes.emplace_back("the patient names the data: " + grant_command(question));
  } else if (verdict.reason != "reason-missing") {
    changes.emplace_back("the patient allows it: " + grant_command(question));
  }
  if (verdict.reason == "reason-missing" || might_break_glass(state, question))
    changes.emplace_back("in an emergency: request-access " + ledger::json_text(question.record) +
                         " --purpose ETREAT --reason TEXT, which will be reviewed");
  return changes;
}

}  // namespace

std::uint64_t height_at(const ledger::Ledger& ledger, Time time) {
  if (time < *ledger.block_time(0)) throw refusal("the chain begins after " + to_text(time));
  std::uint64_t low = 0, high = ledger.tip().height;  // header times never go back
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    if (*ledger.block_time(middle) <= time)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

Explanation explain(const ledger::State& state, const Question& question) {
  Explanation explanation{decide(state, question), question.height, question.time, {}};
  explanation.changes = changes_for(state, question, explanation.verdict);
  return explanation;
}

}  // namespace carechain::care
