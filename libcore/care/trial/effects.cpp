// What trials bring about outside the ledger.
#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {

void cause_payment(Context&, const Accrual&, const PublicKey&) {}
void cause_hold(Context&, const ObjectRef&, const Hold&) {}
void cause_reconsent(Context&, const ObjectRef&, std::uint32_t, const Version&) {}
void await_report(Context&, const ObjectRef&, const Clock&) {}
void report_made(Context&, const ObjectRef&) {}
void await_results(Context&, const ObjectRef&, const Protocol&) {}
void results_published(Context&, const ObjectRef&) {}

}  // namespace carechain::care::trial
