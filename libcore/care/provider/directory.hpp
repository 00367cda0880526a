#pragma once
// The provider directory: for each NPI its elements (name, taxonomy, place, network …), each with its value, who said
// so, on what evidence and when. A value counts once enough weight stands behind it; a dispute freezes it until someone
// with authority, or the provider, decides. After 90 days without word an entry is stale.

#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/operation.hpp"

namespace carechain::care::provider {

inline constexpr std::int64_t fresh_days = 90;     // PHSA section 2799A-5: verified at least every 90 days
inline constexpr std::uint64_t weight_needed = 3;  // authority 3, the provider itself 2, another member 1
inline constexpr std::size_t max_elements = 64;

// A value for an element that somebody stands behind.
struct Dispute {
  std::string value, evidence;
  PublicKey by;
  Time at;
  template <class V>
  void fields(V& v) {
    v("value", value, "what it should be");
    v("evidence", evidence, "on what it rests");
    v("by", by, "who says so");
    v("at", at, "when");
  }
};

// Paths: name, kind (individual, organisation), status (active, inactive since YYYY-MM-DD), taxonomy.N, license.N,
// place.N (STREET|CITY|STATE|POSTAL|COUNTRY), phone, network.NAME (in, out), accepting.NAME (yes, no), sanction.
struct Element {
  std::string path, value, evidence;
  PublicKey by;                      // who asserted it
  std::vector<PublicKey> attesters;  // who stands behind the value, the asserter first
  std::uint64_t weight = 0;
  bool accepted = false;
  Time verified;                  // when somebody last stood behind it
  std::vector<Dispute> disputes;  // open ones; while there are any the value is frozen
  template <class V>
  void fields(V& v) {
    v("path", path, "which element");
    v("value", value, "its value");
    v("evidence", evidence, "on what it rests");
    v("by", by, "who asserted it");
    v("attesters", attesters, "who stands behind it");
    v("weight", weight, "of their word");
    v("accepted", accepted, "weight enough");
    v("verified", verified, "when somebody last stood behind it");
    v("disputes", disputes, "other values, undecided");
  }
};

struct Provider {
  std::string npi;
  std::vector<Element> elements;                     // by path
  std::uint64_t registered = 0;                      // height
  const Element* find(std::string_view path) const;  // nullptr: none
  Element* find(std::string_view path);
  template <class V>
  void fields(V& v) {
    v("npi", npi, "national provider identifier");
    v("elements", elements, "what is known of it");
    v("registered", registered, "height");
  }
};
inline constexpr ledger::Table<Provider> providers{"provider"};  // NPI

struct ElementText {
  std::string path, value;
  template <class V>
  void fields(V& v) {
    v("path", path, "which element");
    v("value", value, "its value");
  }
};

struct RegisterProvider {
  static constexpr std::string_view name = "provider.register";
  std::string npi;
  std::vector<ElementText> elements;
  std::string evidence;  // nppes, primary-source, phone, site, portal, claims
  template <class V>
  void fields(V& v) {
    v("npi", npi, "national provider identifier");
    v("elements", elements, "what is said of it");
    v("evidence", evidence, "on what it rests");
  }
};

struct AttestProvider {
  static constexpr std::string_view name = "provider.attest";
  std::string npi, path, evidence;
  std::optional<std::string> value;  // absent: the value that stands; given: what it should be
  bool dispute = false;
  template <class V>
  void fields(V& v) {
    v("npi", npi, "national provider identifier");
    v("path", path, "which element; empty: all that stand");
    v("evidence", evidence, "on what it rests");
    v("value", value, "absent: the value that stands");
    v("dispute", dispute, "true: the value that stands is wrong");
  }
};

void add_provider_operations(ledger::OperationTable&);

// What a claim needs to know of a provider on a day.
struct Standing {
  bool known = false, active = false, stale = false, disputed = false;
  std::vector<std::string> networks, taxonomies;
};
Standing standing_of(const ledger::State&, const std::string& npi, Time day, Time now,
                     std::int64_t stale_after_days = fresh_days);
bool is_stale(const Element&, Time now, std::int64_t days = fresh_days);

// The words that an entry is found by: parts of names, taxonomy codes, cities, states, postal codes, networks, small.
std::vector<std::string> search_words(std::string_view path, std::string_view value);
// Queries: "dir/" word '\0' NPI -> (empty). An entry that no longer holds the word is passed over by the reader.
inline constexpr std::string_view directory_notes = "dir/";

}  // namespace carechain::care::provider
