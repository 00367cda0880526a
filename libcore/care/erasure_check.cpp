#include "libcore/care/erasure_check.hpp"

#include <set>

#include "libcore/care/erasing.hpp"
#include "libcore/care/erasure_report.hpp"
#include "libcore/care/vault_keys.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

bool signs_for(const ledger::State& state, const PublicKey& key, const PublicKey& account) {
  const auto use = ledger::keys.get(state, key);
  return use ? use->account == account : key == account;
}

bool same_order(const ErasureCertificate& fields, const Erasure& erasure) {
  return fields.patient == erasure.patient && fields.custodian == erasure.custodian &&
         fields.record == erasure.record && fields.basis == erasure.basis && fields.ordered_by == erasure.by &&
         fields.ordered_height == erasure.ordered;
}

void check_done(const ledger::Pool& pool, const SignedCertificate& certificate, const Erasure& sealed,
                ErasureFindings& findings) {
  const auto pending = erasures.get(pool.pending_state(), certificate.fields.order);
  if (sealed.certificate == certificate.digest) {
    if (sealed.complete != certificate.fields.complete)
      findings.faults.emplace_back("the chain says whether it is complete, and says otherwise");
  } else if (pending && pending->certificate == certificate.digest) {
    findings.unclear = "that the erasure is done is pending, not sealed yet";
  } else if (sealed.complete && !certificate.fields.complete) {
    findings.unclear = "a complete certificate took its place on the chain: check that one";
  } else {
    findings.faults.emplace_back(sealed.certificate ? "the chain holds the digest of another certificate for this order"
                                                    : "the chain does not say that the erasure is done");
  }
}

void check_records(const ledger::Pool& pool, const ErasureCertificate& fields, const Erasure& erasure,
                   ErasureFindings& findings) {
  const auto records = records_of_erasure(pool, erasure);
  if (records.size() != fields.record_count)
    findings.faults.emplace_back("the certificate is about " + std::to_string(fields.record_count) +
                                 " records, the chain about " + std::to_string(records.size()));
  if (fields.record_count > max_listed) return;
  const std::set<ObjectRef> named(fields.records.begin(), fields.records.end());
  for (const auto& [ref, record] : records)
    if (!named.contains(ref))
      findings.faults.emplace_back("the certificate does not name record " + ledger::json_text(ref));
}

void check_permits(const ledger::Pool& pool, const ErasureCertificate& fields, const Erasure& erasure,
                   ErasureFindings& findings) {
  std::set<ObjectRef> named;
  for (const Recipient& recipient : fields.recipients)
    named.insert(recipient.decisions.begin(), recipient.decisions.end());
  if (named.size() >= max_listed) return;  // then not each is named
  for (const Recipient& recipient : recipients_of(pool, erasure, std::numeric_limits<std::uint64_t>::max()))
    for (const ObjectRef& decision : recipient.decisions)
      if (!named.contains(decision))
        findings.faults.emplace_back("the certificate does not name the permit " + ledger::json_text(decision));
}

// Every key that whoever has this vault and these keys can get at.
class Reachable {
 public:
  Reachable(const store::Layout& layout, const store::Path& keys_directory, const std::string& vault_id) {
    for (const std::uint32_t epoch : epochs_with_keys(keys_directory, vault_id)) {
      auto master = read_epoch_key(epoch_key_path(keys_directory, vault_id, epoch));
      if (master) masters_.emplace_back(epoch, std::move(*master));
    }
    if (!store::is_directory(layout.vault())) return;
    for (const std::string& name : store::list_directory(layout.vault()))
      if (name.starts_with("keys-")) take_keystore(layout.vault() + "/" + name, vault_id);
  }

  const std::vector<std::pair<PublicKey, SecretKey>>& patient_keys() const { return keys_; }
  const std::vector<std::pair<std::uint32_t, SecretKey>>& masters() const { return masters_; }
  bool sealed_key_of(const PublicKey& patient) const { return sealed_.contains(patient); }

 private:
  void take_keystore(const store::Path& directory, const std::string& vault_id) {
    for (const std::string& name : store::list_directory(directory)) {
      const auto account = encoding::parse_hex(name);
      if (!account || account->size() != PublicKey::size) continue;
      const PublicKey patient(*account);
      const std::string sealed = store::read_file(directory + "/" + name, 4096);
      if (!sealed.empty()) sealed_.insert(patient);
      for (const auto& [epoch, master] : masters_)
        if (auto key = open_patient_key(master, vault_id, epoch, patient, view_of(sealed)))
          keys_.emplace_back(patient, std::move(*key));
    }
  }

  std::vector<std::pair<std::uint32_t, SecretKey>> masters_;
  std::vector<std::pair<PublicKey, SecretKey>> keys_;
  std::set<PublicKey> sealed_;
};

struct Leftovers {
  std::size_t objects = 0, capsules = 0;
};

void try_capsules(const ledger::Pool& pool, const store::Path& capsule_file, const ObjectRef& ref,
                  const Reachable& reachable, Leftovers& left, ErasureFindings& findings) {
  for (const Capsule& capsule : read_capsules(capsule_file)) {
    ++left.capsules;
    for (const auto& [patient, key] : reachable.patient_keys())
      if (unlock_capsule(pool.ledger().id(), key, capsule))
        findings.faults.emplace_back("a capsule of record " + ledger::json_text(ref) + " still opens, for " +
                                     encoding::did_key(capsule.reader));
  }
}

std::string words_of(const Leftovers& left) {
  return "of it lie here, ciphertexts: " + std::to_string(left.objects) +
         ", capsules: " + std::to_string(left.capsules) + "; no key here opens them";
}

}  // namespace

ErasureFindings check_on_chain(const ledger::Pool& pool, const SignedCertificate& certificate) {
  ErasureFindings findings;
  const ErasureCertificate& fields = certificate.fields;
  if (fields.ledger != pool.ledger().id()) {
    findings.faults.emplace_back("it is of another ledger");
    return findings;
  }
  if (!signs_for(pool.ledger().state(), certificate.signer, fields.custodian))
    findings.faults.emplace_back("it is not signed with a key of the custodian");
  const auto sealed = erasures.get(pool.ledger().state(), fields.order);
  if (!sealed) {
    findings.unclear = "the order is not on this chain, which ends at block " +
                       std::to_string(pool.ledger().tip().height) + "; it was in block " +
                       std::to_string(fields.ordered_height);
    return findings;
  }
  if (!same_order(fields, *sealed)) findings.faults.emplace_back("the order on the chain is another one");
  check_done(pool, certificate, *sealed, findings);
  check_records(pool, fields, *sealed, findings);
  check_permits(pool, fields, *sealed, findings);
  return findings;
}

ErasureFindings check_in_vault(const ledger::Pool& pool, const SignedCertificate& certificate,
                               const store::Layout& vault, const store::Path& keys_directory) {
  ErasureFindings findings;
  const ErasureCertificate& fields = certificate.fields;
  const Reachable reachable(vault, keys_directory, fields.vault);
  for (const auto& [epoch, master] : reachable.masters())
    if (epoch <= fields.from_epoch)
      findings.faults.emplace_back("the master key of epoch " + std::to_string(epoch) + " still exists in " +
                                   keys_directory);
  if (!fields.record)
    for (const auto& [patient, key] : reachable.patient_keys())
      if (patient == fields.patient) findings.faults.emplace_back("the patient's key still opens");
  for (const auto& [patient, key] : reachable.patient_keys())
    if (fields.key_id && patient_key_id(key) == *fields.key_id)
      findings.faults.emplace_back("the key that was destroyed is still here");
  Leftovers left;
  const Erasure erasure{fields.patient, fields.custodian, fields.record, {}, {}, 0, {}, false, {}};
  for (const auto& [ref, record] : records_of_erasure(pool, erasure)) {
    try_capsules(pool, vault.vault_capsules(Hash(record.handle.view())), ref, reachable, left, findings);
    if (!record.external && store::exists(vault.vault_object(record.root))) ++left.objects;
  }
  if (left.objects + left.capsules > 0 && findings.faults.empty()) findings.remarks.push_back(words_of(left));
  if (!fields.record && reachable.sealed_key_of(fields.patient) && findings.faults.empty())
    findings.remarks.emplace_back("her key lies here, locked with a master key that is not here");
  return findings;
}

}  // namespace carechain::care
