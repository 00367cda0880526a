#pragma once
// What the ledger keeps about drugs: state, and rows for queries.

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libcore/care/drug/operations.hpp"
#include "libcore/care/drug/rules.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::care::drug {

using ledger::ObjectRef;

// Where an event stands on the chain: height, position of the transaction, operation; u32 u32 u16, big-endian, so that
// places sort as the chain does. 0 is nowhere.
using EventPlace = FixedBytes<struct EventPlaceMeaning, 10>;
EventPlace place_of(const ledger::Context&);
std::uint64_t height_of(const EventPlace&);

enum class Status { here, transit, dispensed, partly, destroyed, decommissioned };
std::string_view to_text(Status);
bool parse(std::string_view, Status&);
inline bool is_end(Status status) {
  return status == Status::dispensed || status == Status::destroyed || status == Status::decommissioned;
}

struct LotCount {
  std::string lot;  // its path; empty: unknown
  std::uint64_t count = 0;
  template <class V>
  void fields(V& v) {
    v("lot", lot, "path of the lot");
    v("count", count, "units of it inside");
  }
};

// One thing: a unit, a case, a pallet. What is inside a case has the custody of the outermost one; its own is that of
// when it was packed.
struct Item {
  Status status = Status::here;
  std::optional<std::string> disposition;
  std::optional<std::string> lot, expiry;
  std::optional<std::string> holder, owner;  // GLN: who has it; whose it is
  std::optional<std::string> to, buyer;      // GLN: where it is sent; who will own it
  std::optional<std::string> before;         // GLN of the owner before
  std::optional<std::string> lost;           // GLN of a holder it left without being shipped
  std::optional<std::string> parent;
  std::optional<std::uint32_t> slot;           // in the parent's list
  std::optional<std::uint32_t> slots, inside;  // of its own list: places given out, and taken
  std::optional<std::vector<LotCount>> lots;   // of all units inside, on any level
  std::optional<std::uint32_t> blocked;        // things inside, on any level, with a mark
  std::optional<std::uint64_t> born;           // milliseconds
  EventPlace born_at;
  std::uint64_t last = 0;  // milliseconds
  EventPlace last_at;
  std::uint64_t last_hash = 0;  // fingerprint of the last event
  // What the last event changed, as it was before, so that it can be taken back.
  std::optional<Status> was;
  std::optional<std::string> prior, prior_owner;  // GLN
  std::optional<std::uint64_t> withdrawn;         // fingerprint of one that was declared in error
  std::optional<std::uint64_t> flags;
  std::optional<std::vector<std::string>> marks;  // recalled, stolen, suspect, illegitimate, sorted
  bool reported = false;                          // a part of its way is hearsay
  template <class V>
  void fields(V& v) {
    v("is", status, "here, transit, dispensed, partly, destroyed or decommissioned");
    v("disp", disposition, "last disposition");
    v("lot", lot, "path of its lot");
    v("exp", expiry, "last day of use");
    v("at", holder, "GLN of its holder");
    v("own", owner, "GLN of its owner");
    v("to", to, "GLN it is sent to");
    v("buyer", buyer, "GLN that will own it");
    v("before", before, "GLN of its owner before");
    v("lost", lost, "GLN of a holder it left without being shipped");
    v("in", parent, "what it is in");
    v("slot", slot, "its place in there");
    v("slots", slots, "places given out inside");
    v("inside", inside, "things inside");
    v("lots", lots, "units inside by lot");
    v("blocked", blocked, "marked things inside");
    v("born", born, "when it was commissioned");
    v("bornat", born_at, "by which event");
    v("last", last, "when the last event was");
    v("lastat", last_at, "which event that was");
    v("hash", last_hash, "fingerprint of that event");
    v("was", was, "status before that event");
    v("prior", prior, "GLN of the holder before it");
    v("priorown", prior_owner, "GLN of the owner before it");
    v("undone", withdrawn, "fingerprint of an event declared in error");
    v("flags", flags, "rules that were broken, a bit each");
    v("marks", marks, "what is said of it");
    v("told", reported, "a part of its way was reported, not signed by who did it");
  }
};

struct Page {
  std::vector<std::string> items;  // empty texts: taken out
  template <class V>
  void fields(V& v) {
    v("items", items, "what is inside");
  }
};
inline constexpr std::uint32_t page_slots = 64;

struct Product {
  PublicKey owner;
  std::string title;
  std::optional<std::string> ndc, ndc_format, strength, form, contents;
  std::optional<std::vector<ObjectRef>> recalls;
  template <class V>
  void fields(V& v) {
    v("owner", owner, "account that may commission it");
    v("title", title, "name");
    v("ndc", ndc, "National Drug Code");
    v("ndc_format", ndc_format, "its format, such as 4-4-2");
    v("strength", strength, "strength");
    v("form", form, "dosage form");
    v("contents", contents, "net contents");
    v("recalls", recalls, "recalls of all of it in force");
  }
};

struct Lot {
  std::optional<std::string> expiry, made;
  std::uint64_t units = 0;  // commissioned
  std::optional<std::vector<ObjectRef>> recalls;
  template <class V>
  void fields(V& v) {
    v("expiry", expiry, "last day of use");
    v("made", made, "day of production");
    v("units", units, "serials commissioned");
    v("recalls", recalls, "recalls in force");
  }
};

struct Recall {
  std::string gtin;
  std::optional<std::string> lot, first_serial, last_serial;
  RecallClass severity = RecallClass::II;
  RecallLevel level = RecallLevel::retail;
  PublicKey by;
  std::uint64_t since = 0;  // seconds, of the block
  std::optional<std::uint64_t> ended;
  template <class V>
  void fields(V& v) {
    v("gtin", gtin, "the product");
    v("lot", lot, "one lot of it");
    v("first", first_serial, "from this serial");
    v("last", last_serial, "to this serial");
    v("class", severity, "I, II or III");
    v("level", level, "consumer, retail or wholesale");
    v("by", by, "who recalls");
    v("since", since, "block time, seconds");
    v("ended", ended, "block time of its end");
  }
};

struct Site {
  PublicKey account;
  template <class V>
  void fields(V& v) {
    v("account", account, "whose it is");
  }
};
struct PrefixLengths {
  std::uint64_t lengths = 0;
  template <class V>
  void fields(V& v) {
    v("lengths", lengths, "lengths of the prefixes that begin so, a bit each");
  }
};
struct Balance {
  std::int64_t thousandths = 0;
  template <class V>
  void fields(V& v) {
    v("thousandths", thousandths, "quantity there, in thousandths of its unit");
  }
};
struct Consignment {
  std::uint64_t shipped = 0, received = 0;  // units
  EventPlace shipped_at;
  template <class V>
  void fields(V& v) {
    v("shipped", shipped, "units shipped under the paper");
    v("received", received, "units received under it");
    v("at", shipped_at, "the last shipping event");
  }
};

inline constexpr ledger::Table<Item> items{"item"};                        // path
inline constexpr ledger::Table<Page> contents{"inside"};                   // page number u32, path of the parent
inline constexpr ledger::Table<Product> products{"product"};               // GTIN
inline constexpr ledger::Table<Lot> lots{"lot"};                           // path of the lot
inline constexpr ledger::Table<Recall> recalls{"recall"};                  // ObjectRef
inline constexpr ledger::Table<Site> prefixes{"prefix"};                   // digits
inline constexpr ledger::Table<PrefixLengths> prefix_lengths{"prefixes"};  // their first four digits
inline constexpr ledger::Table<Site> prefix_holders{"holder"};             // account (its own account again)
inline constexpr ledger::Table<Balance> balances{"balance"};               // GLN, path of the class or lot
inline constexpr ledger::Table<Consignment> consignments{"consignment"};   // SHA-256 of the paper's type, 0, id

// Query rows (notes). A path ends with a zero byte, so that none is a prefix of another.
//   "ev/"   EventPlace                            -> EventRow        each event
//   "src/"  height, position (8 bytes)            -> EventSource     each transaction with events
//   "way/"  path 0 || time u64 || EventPlace      -> (empty)         an item's own events
//   "lotu/" path of the lot 0 || path             -> (empty)         units commissioned in a lot
//   "at/"   GLN 0 || path                         -> (empty)         items that were ever held at a place
//   "flag/" path 0 || EventPlace || rule u8       -> Flag
//   "gtin/" GTIN 0 || path of the lot             -> (empty)         lots of a product
//   "rcl/"  ObjectRef                             -> (empty)         recalls
//   "doc/"  digest of a document || EventPlace    -> (empty)         where it is cited
struct EventRow {
  EventKind kind = EventKind::object;
  std::optional<Action> action;
  std::uint64_t time = 0;
  std::int64_t zone = 0;
  std::optional<std::string> step, disposition, parent, place, location, error;
  std::optional<std::string> from, to;  // GLN
  std::optional<std::vector<Typed>> papers;
  std::uint64_t things = 0;  // how many it names
  bool reported = false;     // signed by another than who did it
  bool transforms = false;   // inputs and outputs are in the transaction
  template <class V>
  void fields(V& v) {
    v("kind", kind, "kind of event");
    v("action", action, "add, observe or delete");
    v("time", time, "milliseconds");
    v("zone", zone, "minutes");
    v("step", step, "business step");
    v("disp", disposition, "disposition");
    v("parent", parent, "case or pallet");
    v("place", place, "read point");
    v("loc", location, "business location");
    v("error", error, "declared in error");
    v("from", from, "GLN of who sends");
    v("to", to, "GLN of who receives");
    v("papers", papers, "business transactions");
    v("n", things, "things named");
    v("told", reported, "reported by another");
    v("trans", transforms, "a transformation");
  }
};
struct EventSource {
  TransactionId tx;
  PublicKey signer;
  std::optional<Hash> document;
  template <class V>
  void fields(V& v) {
    v("tx", tx, "transaction");
    v("signer", signer, "account that signed");
    v("doc", document, "digest of the document");
  }
};
struct Flag {
  std::vector<EventPlace> evidence;  // events that contradict the one flagged
  template <class V>
  void fields(V& v) {
    v("evidence", evidence, "events");
  }
};

std::string note_of_event(const EventPlace&);
std::string note_of_source(const EventPlace&);
std::string document_prefix(const Hash& digest);
std::string way_prefix(std::string_view path);
std::string flag_prefix(std::string_view path);
std::string lot_units_prefix(std::string_view lot_path);
std::string held_prefix(std::string_view gln);
std::string lots_of_gtin_prefix(std::string_view gtin);

// Rows that were decoded lately, by their bytes: a few partners and products occur in event after event.
template <class Row>
class Decoded {
 public:
  const Row& of(std::string_view bytes) {  // until the next call
    Slot& slot = slots_[std::hash<std::string_view>()(bytes) % slots_.size()];
    if (slot.bytes != bytes) {
      slot.row = encoding::decode_fields<Row>(view_of(bytes));
      slot.bytes = bytes;
    }
    return slot.row;
  }

 private:
  struct Slot {
    std::string bytes;
    Row row;
  };
  std::array<Slot, 64> slots_;
};

// A row that every event asks for: kept among the changes of the block, as it is, so that it is fetched only once.
template <class Row, class... Parts>
std::optional<Row> kept(ledger::Changes& state, const ledger::Table<Row>& table, const Parts&... parts) {
  thread_local Decoded<Row> decoded;
  const ledger::StateKey key(table.key(parts...));
  if (const auto* entry = state.entries().find(key))
    return entry->after ? std::optional(decoded.of(*entry->after)) : std::nullopt;
  const auto value = state.get(key);
  if (!value) return std::nullopt;
  state.put(key, *value);
  return decoded.of(*value);
}

// The account that a GLN belongs to by the longest registered prefix; nullopt: nobody's.
std::optional<PublicKey> account_of_gln(const ledger::State&, std::string_view gln);
std::optional<PublicKey> account_of_gln(ledger::Changes&, std::string_view gln);  // keeps what it read
// The account that may commission a GTIN; nullopt: its prefix is nobody's.
std::optional<PublicKey> owner_of_gtin(const ledger::State&, std::string_view gtin);
// The recall in force that covers the item; nullopt: none.
std::optional<ObjectRef> recall_of(const ledger::State&, std::string_view path, const Item&);
// The outermost thing the item is in, or itself.
std::string root_of(const ledger::State&, std::string_view path);
bool has_mark(const Item&, std::string_view mark);
std::uint64_t units_inside(const Item&);  // of a case; 1 of anything else

inline constexpr unsigned max_nesting = 16;  // cases in cases

}  // namespace carechain::care::drug
