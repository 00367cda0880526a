#pragma once
// Where a thing has been, where it is, and what is wrong with it. Every question is answered from the rows of the
// things it is about; none scans the ledger.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libcore/care/drug/tables.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care::drug {

// What a person or a scanner calls a thing, as a path: a scan, an element string, a Digital Link, an EPC URN, a path.
struct Named {
  std::string path;
  std::optional<std::string> lot, expiry;  // that the label says besides
};
// `year` is for the century of dates. Throws Gs1Fault: not an identifier.
Named read_name(std::string_view text, int year);

// Notes of the ledger, then those of what is pending. False from the visitor ends it.
void scan_notes(const ledger::Pool&, const std::string& prefix,
                const std::function<bool(std::string_view key, std::string_view value, bool sealed)>&);
std::optional<std::string> find_note(const ledger::Pool&, const std::string& key);

enum class Relation { own, container, input, output };

struct Hop {
  EventRow row;
  EventPlace place;
  EventSource source;
  std::string of;  // the thing whose event it is: itself, what it was in, what it was made of or into
  Relation relation = Relation::own;
  bool sealed = true;
};
std::string event_id(const Hop&);  // "TX.N"

struct Limit {  // of what counts
  std::optional<std::uint64_t> height;
  std::optional<std::int64_t> milliseconds;
  bool admits(const Hop&) const;
};

// All that happened to it, by time: its own events, those of what it was in while it was in there, and through
// transformations those of what it was made of and of what became of it.
std::vector<Hop> hops_of(const ledger::Pool&, const std::string& path, const Limit& = {});

struct FoundFlag {
  Rule rule;
  std::string of;
  EventPlace place;
  std::vector<EventPlace> evidence;
  bool sealed = true;
};
std::vector<FoundFlag> flags_of(const ledger::Pool&, const std::string& path, const Limit& = {});
// Every flag on the ledger, by thing; for audits, since it looks at all of them.
void all_flags(const ledger::Pool&, const std::function<void(const FoundFlag&)>&);
std::optional<Hop> hop_at(const ledger::Pool&, const EventPlace&);

// A thing as it is: what is in a case has the custody of the outermost one.
struct Standing {
  Item item;  // its own row
  Item root;  // of the outermost; the same when it stands alone
  std::string root_path;
  std::optional<ObjectRef> recall;
  const std::string& holder() const;  // GLN; empty: unknown
};
std::optional<Standing> standing_of(const ledger::State&, const std::string& path);
// The status in one word: that of the outermost while it is on the way, else its own.
Status status_of(const Standing&);

// The operation of an event, whole, from its transaction.
RecordEvent event_at(const ledger::Pool&, const Hop&);

// A name for a GLN: the organisation's public name, else empty.
std::string name_of_gln(const ledger::State&, std::string_view gln);

}  // namespace carechain::care::drug
