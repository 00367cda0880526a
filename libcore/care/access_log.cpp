#include "libcore/care/access_log.hpp"

namespace carechain::care {
namespace {

constexpr std::size_t place_bytes = 8 + ObjectRef::size + 4;  // height, decision, answer

void scan(const ledger::Ledger& ledger, const std::string& prefix, const LogVisit& visit) {
  ledger.scan_notes(prefix, [&](std::string_view key, std::string_view value) {
    const std::string_view place = key.substr(key.size() - place_bytes);
    LogRow row;
    row.entry = encoding::decode_fields<LogEntry>(view_of(value));
    row.decision = ObjectRef(view_of(place.substr(8, ObjectRef::size)));
    row.answer = load_be<std::uint32_t>(view_of(place).data() + 8 + ObjectRef::size);
    return visit(row);
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
