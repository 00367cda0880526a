#include "libcore/care/erasure_report.hpp"

#include "libcore/care/access_log.hpp"
#include "libcore/care/erasing.hpp"
#include "libcore/care/holdings.hpp"

namespace carechain::care {
namespace {

// A copy of a later epoch's key opens nothing of what was erased.
std::vector<CopyHolder> copies_left(const ledger::Pool& pool, const Erasure& erasure, std::uint64_t from_epoch) {
  std::vector<CopyHolder> left;
  for (const ObjectRef& ref : refs_of(pool, "cpy", erasure.custodian)) {
    const auto copy = key_copies.get(pool.pending_state(), ref);
    if (!copy || copy->destroyed || copy->epoch > from_epoch) continue;
    left.push_back({copy->holder, ref, copy->epoch});
  }
  return left;
}

std::vector<std::string> what_remains() {
  return {"the patient's account with this custodian, the records' random names, FHIR types, media types and sizes",
          "digests: of ciphertext that is deleted, and keyed ones whose keys are destroyed",
          "her grants and revocations, the requests and decisions, with their times, purposes and accounts",
          "this order and the digest of this certificate"};
}

}  // namespace

std::vector<Recipient> recipients_of(const ledger::Pool& pool, const Erasure& erasure, std::uint64_t height) {
  std::map<std::pair<PublicKey, std::string>, Recipient> found;
  std::size_t listed = 0;
  log_of_patient(pool, erasure.patient, [&](const LogEntry& entry, bool sealed) {
    const bool about = entry.custodian == erasure.custodian && (!erasure.record || entry.record == erasure.record);
    if (!entry.permit || !about || entry.requester == erasure.patient || (sealed && entry.height > height)) return;
    Recipient& recipient = found[{entry.requester, entry.purpose}];
    if (recipient.permits++ == 0) {
      recipient.account = entry.requester;
      recipient.purpose = entry.purpose;
      recipient.first = entry.decided;
    }
    recipient.last = std::max(recipient.last, entry.decided);
    recipient.first = std::min(recipient.first, entry.decided);
    const bool again = !recipient.decisions.empty() && recipient.decisions.back() == entry.decision;
    if (!again && listed < max_listed) {
      recipient.decisions.push_back(entry.decision);
      ++listed;
    }
  });
  std::vector<Recipient> recipients;
  for (auto& [who, recipient] : found) recipients.push_back(std::move(recipient));
  return recipients;
}

ErasureCertificate report_erasure(const ledger::Pool& pool, const Vault& vault, const ObjectRef& order,
                                  const Erasure& erasure, const ErasureNote& note, Time now) {
  ErasureCertificate report;
  report.ledger = pool.ledger().id();
  report.custodian = erasure.custodian;
  report.patient = erasure.patient;
  report.order = order;
  report.record = erasure.record;
  report.basis = erasure.basis;
  report.ordered_by = erasure.by;
  report.ordered_height = erasure.ordered;
  report.destroyed = note.time;
  report.key_id = note.key_id;
  report.vault = vault.id();
  report.from_epoch = note.from_epoch;
  report.to_epoch = note.to_epoch;
  for (const auto& [ref, record] : records_of_erasure(pool, erasure)) {
    if (report.records.size() < max_listed) report.records.push_back(ref);
    report.record_count += 1;
    report.elsewhere += record.external ? 1 : 0;
  }
  report.copies = copies_left(pool, erasure, note.from_epoch);
  report.recipients = recipients_of(pool, erasure, pool.ledger().tip().height);
  report.complete = report.copies.empty() && report.elsewhere == 0;
  report.remains = what_remains();
  report.issued = now;
  return report;
}

}  // namespace carechain::care
