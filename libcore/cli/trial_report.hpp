#pragma once
// A trial as show-trial prints it.

#include "libcore/care/trial/queries.hpp"
#include "libcore/cli/output.hpp"

namespace carechain::cli {

class TrialReport {
 public:
  TrialReport(const ledger::Pool& pool, const care::trial::ObjectRef& trial, Time now, Output& out);

  void status();    // how it stands: enrolment by site, events against the boundary, holds, what is overdue
  void worklist();  // who must consent again
  void payments();  // what accrued, and what of it is paid
  void overdue();   // reports, consents and results that are late
  // After: absent is the latest version. Throws refusal(): no such version, or not a later one.
  void diff(std::uint32_t before, std::optional<std::uint32_t> after);

 private:
  void status_as_json();
  void status_as_text();
  Envelope envelope(const std::string& type) const;
  std::vector<std::vector<std::string>> overdue_rows() const;  // what, which, since when
  std::vector<std::string> arm_ids() const;

  const ledger::Pool& pool_;
  const ledger::Changes& state_;
  care::trial::ObjectRef ref_;
  care::trial::Trial trial_;
  care::trial::Protocol protocol_;
  Time now_;
  Output& out_;
};

}  // namespace carechain::cli
