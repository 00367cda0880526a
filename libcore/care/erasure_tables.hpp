#pragma once
// Erasures, legal holds and copies of vaults' keys as the chain knows them.

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

// An order to destroy keys, and what became of it. From its block on, nothing it is about is released.
struct Erasure {
  PublicKey patient, custodian;       // accounts; the patient's with this custodian
  std::optional<ObjectRef> record;    // only this one; absent: everything of hers there, for ever
  std::string basis;                  // why: a word
  PublicKey by;                       // account that ordered it: hers, or the custodian's
  std::uint64_t ordered = 0;          // height
  std::optional<std::uint64_t> done;  // height of the latest certificate
  bool complete = false;              // by that certificate no copy of a key is known to be left
  std::optional<Hash> certificate;    // SHA-256 of the signed certificate
  template <class V>
  void fields(V& v) {
    v("patient", patient, "the patient's account with the custodian");
    v("custodian", custodian, "who destroys the keys");
    v("record", record, "only this record");
    v("basis", basis, "why");
    v("by", by, "who ordered it");
    v("ordered", ordered, "height of the order");
    v("done", done, "height of its certificate");
    v("complete", complete, "no copy of a key is known to be left");
    v("certificate", certificate, "SHA-256 of the signed certificate");
  }
};

struct ErasureRef {
  ObjectRef order;
  template <class V>
  void fields(V& v) {
    v("order", order, "the order");
  }
};

// While it is in force nothing it is about may be erased. Holds about one patient's account form a list, latest first.
struct Hold {
  PublicKey patient;                    // account
  std::optional<ObjectRef> record;      // only this one
  std::string basis;                    // a word
  std::optional<Time> until;            // last second; absent: until lifted
  PublicKey by;                         // account
  std::uint64_t began = 0;              // height
  std::optional<std::uint64_t> lifted;  // height
  std::optional<ObjectRef> previous;    // the hold before it about this account
  template <class V>
  void fields(V& v) {
    v("patient", patient, "whose records");
    v("record", record, "only this record");
    v("basis", basis, "why");
    v("until", until, "last second");
    v("by", by, "who set it");
    v("began", began, "height");
    v("lifted", lifted, "height at which it was lifted");
    v("previous", previous, "the hold before it about the same account");
  }
};

// Until when a custodian must keep what it has of a patient; the longest of her records'.
struct Kept {
  Time until;  // last second
  std::string retention;
  ObjectRef record;
  template <class V>
  void fields(V& v) {
    v("until", until, "last second");
    v("retention", retention, "retention class");
    v("record", record, "the record that is kept longest");
  }
};

// A copy of the master key of a vault's epoch, outside its keys' directory: whoever has it and an old copy of the vault
// opens what was in it.
struct KeyCopy {
  PublicKey custodian, holder;             // accounts
  std::uint64_t epoch = 0;                 // that was copied
  std::uint64_t since = 0;                 // height
  std::optional<std::uint64_t> destroyed;  // height at which the holder signed that it is gone
  template <class V>
  void fields(V& v) {
    v("custodian", custodian, "whose vault");
    v("holder", holder, "who holds the copy");
    v("epoch", epoch, "epoch that was copied");
    v("since", since, "height at which it was registered");
    v("destroyed", destroyed, "height at which its holder signed that it is destroyed");
  }
};

inline constexpr ledger::Table<Erasure> erasures{"erasure"};                 // ObjectRef of the order
inline constexpr ledger::Table<ErasureRef> erased_patients{"erased"};        // custodian, patient
inline constexpr ledger::Table<ErasureRef> erased_records{"erased-record"};  // ObjectRef of the record
inline constexpr ledger::Table<Hold> holds{"hold"};                          // ObjectRef
inline constexpr ledger::Table<ErasureRef> hold_heads{"holds"};              // patient: the latest hold
inline constexpr ledger::Table<Kept> keepings{"kept"};                       // custodian, patient
inline constexpr ledger::Table<KeyCopy> key_copies{"key-copy"};              // ObjectRef

// Query indexes (notes):
//   "era/"  custodian || order ref -> (empty)   orders to a custodian
//   "hol/"  patient || hold ref    -> (empty)   holds about a patient
//   "cpy/"  custodian || copy ref  -> (empty)   copies of its keys

// The order that is about this record, given at or before that height; nullopt: none.
std::optional<ObjectRef> erasure_of(const ledger::State&, const ObjectRef&, const Record&, std::uint64_t height);

// A hold in force at that time on this patient (and, with a record, on it or on all of hers); nullopt: none.
std::optional<ObjectRef> hold_on(const ledger::State&, const PublicKey& patient, const std::optional<ObjectRef>& record,
                                 Time);

}  // namespace carechain::care
