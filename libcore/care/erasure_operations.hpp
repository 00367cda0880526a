#pragma once
// The operations of erasure: erase.order erase.done legal.hold legal.lift vault.copy vault.copy-destroyed.

#include "libcore/care/erasure_tables.hpp"

namespace carechain::care {

// Reasons for an erasure: those of GDPR article 17(1)(a) to (f), or the custodian's own retention rules.
bool is_erasure_basis(std::string_view);
std::vector<std::string> erasure_bases();  // for messages and completions

struct OrderErasure {
  static constexpr std::string_view name = "erase.order";
  PublicKey patient, custodian;
  std::optional<ObjectRef> record;
  std::string basis;
  template <class V>
  void fields(V& v) {
    v("patient", patient, "the patient's account with this custodian");
    v("custodian", custodian, "who destroys the keys");
    v("record", record, "only this record; absent: everything of hers there, for ever");
    v("basis", basis, "why: request, not-needed, consent-withdrawn, objection, unlawful, legal-duty or child");
  }
};

// A second one is taken only where the first was not complete.
struct FinishErasure {
  static constexpr std::string_view name = "erase.done";
  ObjectRef order;
  std::optional<Hash> key_id;
  bool complete = false;
  Hash certificate;
  template <class V>
  void fields(V& v) {
    v("order", order, "the order");
    v("key_id", key_id, "names the key that was destroyed");
    v("complete", complete, "no copy of a key is known to be left");
    v("certificate", certificate, "SHA-256 of the signed certificate");
  }
};

struct SetHold {
  static constexpr std::string_view name = "legal.hold";
  PublicKey patient;
  std::optional<ObjectRef> record;
  std::string basis;
  std::optional<Time> until;
  template <class V>
  void fields(V& v) {
    v("patient", patient, "the patient's account with a custodian");
    v("record", record, "only this record");
    v("basis", basis, "why: a word such as litigation or audit; never a name or a number");
    v("until", until, "last second; absent: until lifted");
  }
};

struct LiftHold {
  static constexpr std::string_view name = "legal.lift";
  ObjectRef hold;
  template <class V>
  void fields(V& v) {
    v("hold", hold, "the hold that ends");
  }
};

struct RegisterCopy {
  static constexpr std::string_view name = "vault.copy";
  PublicKey holder;
  std::uint64_t epoch = 0;
  template <class V>
  void fields(V& v) {
    v("holder", holder, "account that holds a copy of the vault's keys");
    v("epoch", epoch, "epoch that was copied");
  }
};

struct DestroyCopy {
  static constexpr std::string_view name = "vault.copy-destroyed";
  ObjectRef copy;
  template <class V>
  void fields(V& v) {
    v("copy", copy, "the copy which its holder has destroyed");
  }
};

void add_erasure_operations(ledger::OperationTable&);

}  // namespace carechain::care
