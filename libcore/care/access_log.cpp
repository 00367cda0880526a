#include "libcore/care/access_log.hpp"

namespace carechain::care {
namespace {

void scan(const ledger::Ledger& ledger, const std::string& prefix, const LogVisit& visit) {
  ledger.scan_notes(prefix, [&](std::string_view, std::string_view value) {
    return visit(encoding::decode_fields<LogEntry>(view_of(value)));
  });
}

}  // namespace

void log_of_patient(const ledger::Ledger& ledger, const PublicKey& patient, const LogVisit& visit) {
  scan(ledger, note_key("log", patient), visit);
}
void log_of_custodian(const ledger::Ledger& ledger, const PublicKey& custodian, const LogVisit& visit) {
  scan(ledger, note_key("cus", custodian), visit);
}
void log_of_all(const ledger::Ledger& ledger, const LogVisit& visit) { scan(ledger, "cus/", visit); }

}  // namespace carechain::care
