#pragma once
// Accounting of disclosures, 45 CFR 164.528: what a custodian has to tell an individual who asks.
//
// Left out (164.528(a)(1)): treatment, payment and operations; disclosures to the individual; those under an
// authorization, which is a rule of the patient's that names who, what, for what purpose and until when
// (164.508(c)(1)). Several disclosures to one recipient for one purpose are one entry: the first, their number, the
// last (164.528(b)(3)). A recipient whom an agency's statement suspends is left out for its time; an oral statement
// counts for 30 days (164.528(a)(2)).

#include <functional>
#include <string>
#include <vector>

#include "libcore/care/access_log.hpp"

namespace carechain::care {

inline constexpr std::int64_t accounting_years = 6;

struct Suspension {
  PublicKey recipient;
  Time from, until;  // inclusive
};
inline constexpr std::int64_t oral_suspension_seconds = 30 * day_seconds;

struct Disclosure {
  PublicKey custodian, recipient;
  std::string purpose;
  std::vector<std::string> types;  // FHIR resource types, sorted; "other" for what is not FHIR
  std::uint64_t records = 0;       // distinct ones
  std::uint64_t count = 0;
  Time first, last;
};

// First second of a period of accounting that ends now: the same day six years before.
Time accounting_begin(Time now);

class Accounting {
 public:
  Accounting(const ledger::State& state, Time since, Time until, Time now, std::vector<Suspension> suspensions)
      : state_(state), since_(since), until_(until), now_(now), suspensions_(std::move(suspensions)) {}
  void add(const LogEntry&);
  std::vector<Disclosure> disclosures() const;  // in the order of their first

 private:
  struct Row {
    Disclosure disclosure;
    std::vector<ObjectRef> records;
  };
  bool counts(const LogEntry&) const;

  const ledger::State& state_;
  Time since_, until_, now_;
  std::vector<Suspension> suspensions_;
  std::vector<Row> rows_;
};

}  // namespace carechain::care
