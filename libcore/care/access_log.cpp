#include "libcore/care/access_log.hpp"

namespace carechain::care {
namespace {

void scan(const ledger::Pool& pool, const std::string& prefix, const LogVisit& visit) {
  pool.ledger().scan_notes(prefix, [&](std::string_view, std::string_view value) {
    visit(encoding::decode_fields<LogEntry>(view_of(value)), true);
    return true;
  });
  for (const auto& [key, value] : pool.pending_state().notes())
    if (key.starts_with(prefix)) visit(encoding::decode_fields<LogEntry>(view_of(value)), false);
}

}  // namespace

void log_of_patient(const ledger::Pool& pool, const PublicKey& patient, const LogVisit& visit) {
  scan(pool, note_key("log", patient), visit);
}
void log_of_custodian(const ledger::Pool& pool, const PublicKey& custodian, const LogVisit& visit) {
  scan(pool, note_key("cus", custodian), visit);
}
void log_of_all(const ledger::Pool& pool, const LogVisit& visit) { scan(pool, "cus/", visit); }

}  // namespace carechain::care
