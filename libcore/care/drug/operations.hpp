#pragma once
// The operations of the drug supply chain: drug.event drug.document drug.product drug.prefix drug.recall drug.mark.
//
// Things are named by the path of their canonical Digital Link (care/gs1/epc.hpp): "01/00300010123455/21/11"; what is
// no GS1 key is a URI. Terms of the standard's vocabulary are bare words, others URIs (vocabulary.hpp).

#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/operation.hpp"

namespace carechain::care::drug {

enum class EventKind { object, aggregation, transaction, transformation, association };
std::string_view to_text(EventKind);
bool parse(std::string_view, EventKind&);
enum class Action { add, observe, remove };
std::string_view to_text(Action);  // "add", "observe", "delete"
bool parse(std::string_view, Action&);

struct Typed {  // a party, a place or a paper in a role
  std::string type, id;
  template <class V>
  void fields(V& v) {
    v("type", type, "in which role");
    v("id", id, "who, where or what");
  }
};

struct Amount {
  std::string of;  // path of a class or lot
  std::optional<std::string> quantity;
  std::optional<std::string> unit;
  template <class V>
  void fields(V& v) {
    v("of", of, "product or lot");
    v("quantity", quantity, "decimal number; absent: unknown");
    v("unit", unit, "UN/ECE unit code; absent: pieces");
  }
};

// An EPCIS event that says what happened to things. The document stays with its owner; the hash commits to it.
struct RecordEvent {
  static constexpr std::string_view name = "drug.event";
  EventKind kind = EventKind::object;
  std::optional<Action> action;  // absent of transformations only
  std::uint64_t time = 0;        // milliseconds since 1970
  std::int64_t zone = 0;         // minutes
  std::optional<std::string> step, disposition;
  std::optional<std::vector<std::string>> items, outputs;
  std::optional<std::string> parent;
  std::optional<std::vector<Amount>> amounts, output_amounts;
  std::optional<std::vector<std::string>> set, unset;
  std::optional<std::string> place, location;
  std::optional<std::vector<Typed>> papers, from, to;
  std::optional<std::string> lot, expiry, made;
  std::optional<std::string> error;  // did_not_occur, incorrect_data
  std::optional<std::vector<std::string>> corrections;
  std::optional<std::string> transformation;
  std::optional<bool> statement;  // the DSCSA transaction statement
  Hash hash;
  template <class V>
  void fields(V& v) {
    v("kind", kind, "object, aggregation, transaction, transformation or association");
    v("action", action, "add, observe or delete");
    v("time", time, "when it happened, milliseconds since 1970");
    v("zone", zone, "offset of the local time, minutes");
    v("step", step, "business step");
    v("disposition", disposition, "condition of the things afterwards");
    v("items", items, "things; children of an aggregation; inputs of a transformation");
    v("outputs", outputs, "what a transformation made");
    v("parent", parent, "case or pallet");
    v("amounts", amounts, "quantities of products or lots without serials");
    v("output_amounts", output_amounts, "quantities a transformation made");
    v("set", set, "persistent dispositions that begin");
    v("unset", unset, "persistent dispositions that end");
    v("place", place, "where it happened");
    v("location", location, "where the things are afterwards");
    v("papers", papers, "business transactions");
    v("from", from, "sources");
    v("to", to, "destinations");
    v("lot", lot, "lot of the things");
    v("expiry", expiry, "last day of use, YYYY-MM-DD");
    v("made", made, "day of production, YYYY-MM-DD");
    v("error", error, "an earlier event of this hash is declared in error: did_not_occur or incorrect_data");
    v("corrections", corrections, "ids of the events that stand instead");
    v("transformation", transformation, "joins the events of one transformation");
    v("statement", statement, "the DSCSA transaction statement is affirmed, or not");
    v("hash", hash, "EPCIS event hash (CBV 2.0)");
  }
};

// The document that the events behind it in the same transaction were read from.
struct CiteDocument {
  static constexpr std::string_view name = "drug.document";
  Hash digest;
  std::optional<std::string> created;
  template <class V>
  void fields(V& v) {
    v("digest", digest, "SHA-256 of the document's bytes");
    v("created", created, "creationDate of the document");
  }
};

struct RegisterProduct {
  static constexpr std::string_view name = "drug.product";
  std::string gtin, title;
  std::optional<std::string> ndc, strength, form, contents;
  template <class V>
  void fields(V& v) {
    v("gtin", gtin, "GTIN-14");
    v("title", title, "name of the product");
    v("ndc", ndc, "National Drug Code, with hyphens");
    v("strength", strength, "strength");
    v("form", form, "dosage form");
    v("contents", contents, "net contents");
  }
};

// A GS1 company prefix, or a whole GLN, belongs to an organisation. Registrars register; others only themselves, and
// only what nobody holds.
struct RegisterPrefix {
  static constexpr std::string_view name = "drug.prefix";
  std::string prefix;
  PublicKey holder;
  template <class V>
  void fields(V& v) {
    v("prefix", prefix, "4 to 12 digits of a company prefix, or 13 of a location");
    v("holder", holder, "the organisation's account");
  }
};

enum class RecallClass { I, II, III };
std::string_view to_text(RecallClass);
bool parse(std::string_view, RecallClass&);
enum class RecallLevel { consumer, retail, wholesale };
std::string_view to_text(RecallLevel);
bool parse(std::string_view, RecallLevel&);

struct RecallDrug {
  static constexpr std::string_view name = "drug.recall";
  std::string gtin;
  std::optional<std::string> lot, first_serial, last_serial;
  RecallClass severity = RecallClass::II;
  RecallLevel level = RecallLevel::retail;
  std::optional<std::string> reason;
  std::optional<ledger::ObjectRef> ends;
  template <class V>
  void fields(V& v) {
    v("gtin", gtin, "the product");
    v("lot", lot, "one lot; absent: all");
    v("first", first_serial, "from this serial, by bytes");
    v("last", last_serial, "to this serial, inclusive");
    v("class", severity, "I, II or III");
    v("level", level, "consumer, retail or wholesale");
    v("reason", reason, "why, in a few words");
    v("ends", ends, "the recall that is over; nothing new is recalled");
  }
};

enum class Mark { suspect, illegitimate, stolen, cleared };
std::string_view to_text(Mark);
bool parse(std::string_view, Mark&);

// What somebody who may says of one thing: its holder, the product's owner or a regulator.
struct MarkItem {
  static constexpr std::string_view name = "drug.mark";
  std::string item;
  Mark mark = Mark::suspect;
  template <class V>
  void fields(V& v) {
    v("item", item, "which thing");
    v("mark", mark, "suspect, illegitimate, stolen or cleared");
  }
};

void add_drug_operations(ledger::OperationTable&);

// What of an event is malformed; nullopt: nothing. It asks no ledger.
std::optional<std::string> malformed(const RecordEvent&);

}  // namespace carechain::care::drug
