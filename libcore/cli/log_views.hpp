#pragma once
// The forms of the access log: lines, FHIR AuditEvents, an accounting of disclosures, emergencies that wait for review.

#include <string>
#include <vector>

#include "libcore/care/accounting.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/cli/output.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::cli {

// Lines in the order given, but on a terminal as a table. Emergencies say how their review stands.
class LogLines {
 public:
  LogLines(Output& out, const ledger::Pool& pool) : out_(out), pool_(pool) {}
  void print(const care::LogEntry&, bool sealed);
  void finish();

 private:
  std::string remark(const care::LogEntry&, bool sealed) const;
  Output& out_;
  const ledger::Pool& pool_;
  std::vector<std::vector<std::string>> rows_;
};

// One FHIR Bundle (collection) on stdout, written as it comes.
class LogBundle {
 public:
  LogBundle(Output&, const ledger::Pool&);
  void print(const care::LogEntry&);
  void finish();

 private:
  Output& out_;
  const ledger::Pool& pool_;
  bool first_ = true;
};

// "waits until …", "OVERDUE since …", "reviewed: justified".
std::string review_state(const care::Emergency&, Time now);

void print_disclosures(Output&, const ledger::Pool&, const std::vector<care::Disclosure>&);
void print_emergency(Output&, const ledger::Pool&, const care::ObjectRef&, const care::Emergency&);

// Agencies' statements that suspend an accounting, JSON lines: {"recipient": WHO, "from": TIME, "until": TIME} or
// {"recipient": WHO, "from": TIME, "oral": true}. Throws misuse() naming the line.
std::vector<care::Suspension> read_suspensions(const std::string& file, const ledger::State&);

}  // namespace carechain::cli
