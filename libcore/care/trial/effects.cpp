// What trials bring about outside the ledger, at once or when a time has come.
#include "libcore/care/trial/effects.hpp"

#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

constexpr std::string_view report_timer = "trial-report";
constexpr std::string_view reconsent_timer = "trial-reconsent";
constexpr std::string_view results_timer = "trial-results";
constexpr std::int64_t results_delay = 365 * day;  // 42 CFR 11.44: a year after primary completion

contract::Effect effect_of(std::string kind, const ObjectRef& cause, std::string word) {
  contract::Effect effect;
  effect.kind = std::move(kind);
  effect.cause = cause;
  effect.word = std::move(word);
  return effect;
}

void report_overdue(contract::Moment& moment, const ObjectRef& event, ByteView) {
  const auto clock = clocks.get(moment.state, event);
  if (!clock || clock->reported) return;
  contract::Effect effect = effect_of("overdue", event, std::string(report_timer));
  effect.from = trials.get(moment.state, clock->trial)->sponsor;
  effect.details = {{"due", text_of_time(clock->due)}};
  contract::record_effect(moment, std::move(effect));
}

// Who is late is for show-trial --worklist: the chain knows subjects one by one.
void reconsent_over(contract::Moment& moment, const ObjectRef& amendment, ByteView data) {
  const ObjectRef trial(data);
  const auto row = trials.get(moment.state, trial);
  std::uint64_t late = 0;
  for (std::uint64_t number = 0; number < row->subjects; ++number) {
    const Subject subject = *subjects.get(moment.state, trial, members.get(moment.state, trial, number)->subject);
    const auto due = consent_owed(moment.state, trial, subject, moment.time);
    late += due && due->by && *due->by < moment.time ? 1u : 0;
  }
  if (late == 0) return;
  contract::Effect effect = effect_of("overdue", amendment, std::string(reconsent_timer));
  effect.from = row->sponsor;
  effect.details = {{"trial", ledger::json_text(trial)}, {"subjects", std::to_string(late)}};
  contract::record_effect(moment, std::move(effect));
}

void results_overdue(contract::Moment& moment, const ObjectRef& trial, ByteView) {
  const auto row = trials.get(moment.state, trial);
  if (row->status == "published") return;
  contract::Effect effect = effect_of("overdue", trial, std::string(results_timer));
  effect.from = row->sponsor;
  contract::record_effect(moment, std::move(effect));
}

}  // namespace

void cause_payment(Context& context, const Accrual& accrual, std::string word, const PublicKey& sponsor) {
  auto moment = contract::moment_of(context);
  contract::Effect effect = effect_of("pay", ledger::ref_of(context.id), std::move(word));
  effect.from = sponsor;
  effect.to = accrual.subject;
  effect.amount = accrual.amount;
  effect.currency = accrual.currency;
  contract::record_effect(moment, std::move(effect));
}

void cause_hold(Context& context, const ObjectRef& trial, const Hold& hold) {
  auto moment = contract::moment_of(context);
  contract::Effect effect = effect_of("notify", hold.event, "safety-hold");
  effect.from = trials.get(context.state, trial)->sponsor;
  effect.details = {{"trial", ledger::json_text(trial)},
                    {"affected", std::to_string(hold.affected)},
                    {"of", std::to_string(hold.exposed)}};
  contract::record_effect(moment, std::move(effect));
}

void cause_reconsent(Context& context, const ObjectRef& trial, std::uint32_t version, const Version& row) {
  auto moment = contract::moment_of(context);
  contract::Effect effect = effect_of("reconsent", ledger::ref_of(context.id), "reconsent");
  effect.from = context.signer;
  effect.details = {
      {"trial", ledger::json_text(trial)}, {"version", std::to_string(version)}, {"by", text_of_time(*row.by)}};
  contract::record_effect(moment, std::move(effect));
  contract::set_timer(context.state, ledger::ref_of(context.id), reconsent_timer, Time{row.by->seconds + 1},
                      Bytes(trial.view().begin(), trial.view().end()));
}

void await_report(Context& context, const ObjectRef& event, const Clock& clock) {
  contract::set_timer(context.state, event, report_timer, Time{clock.due.seconds + 1});
}
void report_made(Context& context, const ObjectRef& event) { contract::call_off(context.state, event, report_timer); }

void await_results(Context& context, const ObjectRef& trial, const Protocol& protocol) {
  if (!protocol.primary_completion) return contract::call_off(context.state, trial, results_timer);
  const std::int64_t due = std::min(protocol.primary_completion->seconds + results_delay + 1, max_time_seconds);
  contract::set_timer(context.state, trial, results_timer, Time{due});
}
void results_published(Context& context, const ObjectRef& trial) {
  contract::call_off(context.state, trial, results_timer);
  auto moment = contract::moment_of(context);
  contract::Effect effect = effect_of("publish", trial, "results");
  effect.from = context.signer;
  contract::record_effect(moment, std::move(effect));
}

contract::TimerHandlers timers() {
  return {{std::string(report_timer), report_overdue},
          {std::string(reconsent_timer), reconsent_over},
          {std::string(results_timer), results_overdue}};
}

}  // namespace carechain::care::trial
