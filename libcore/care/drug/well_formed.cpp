#include <algorithm>

#include "libcore/care/drug/operations.hpp"
#include "libcore/care/drug/vocabulary.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::drug {
namespace {

constexpr std::size_t max_text = 512, max_things = 20'000, max_parties = 64;

using Why = std::optional<std::string>;

bool fits(const std::string& text) {
  return !text.empty() && text.size() <= max_text &&
         std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

Why identifiers(const std::optional<std::vector<std::string>>& list, const char* what) {
  if (!list) return std::nullopt;
  if (list->empty() || list->size() > max_things) return std::string(what) + ": 1 to 20,000 things";
  if (!std::ranges::all_of(*list, fits)) return std::string(what) + ": an identifier is malformed";
  return std::nullopt;
}

Why amounts(const std::optional<std::vector<Amount>>& list, const char* what) {
  if (!list) return std::nullopt;
  if (list->empty() || list->size() > max_things) return std::string(what) + ": 1 to 20,000 amounts";
  for (const Amount& amount : *list) {
    if (!fits(amount.of)) return std::string(what) + ": an identifier is malformed";
    if (amount.quantity &&
        (amount.quantity->size() > 32 || amount.quantity->find_first_not_of("0123456789.") != std::string::npos))
      return std::string(what) + ": a quantity is a decimal number";
    if (amount.unit && (amount.unit->size() < 2 || amount.unit->size() > 3))
      return std::string(what) + ": a unit has 2 or 3 letters";
  }
  return std::nullopt;
}

Why parties(const std::optional<std::vector<Typed>>& list, const char* what) {
  if (!list) return std::nullopt;
  if (list->empty() || list->size() > max_parties) return std::string(what) + ": 1 to 64 entries";
  for (const Typed& entry : *list)
    if (entry.type.size() > max_text || !fits(entry.id)) return std::string(what) + ": an entry is malformed";
  return std::nullopt;
}

Why words(const std::optional<std::vector<std::string>>& list, const char* what) {
  if (!list) return std::nullopt;
  for (const std::string& word : *list)
    if (!term(Vocabulary::disposition, word)) return std::string(what) + ": '" + word + "' is no disposition";
  return std::nullopt;
}

Why shape(const RecordEvent& event) {
  const bool transforms = event.kind == EventKind::transformation;
  if (transforms && event.action) return "a transformation has no action";
  if (!transforms && !event.action) return "the action is missing: ADD, OBSERVE or DELETE";
  const bool things = event.items || event.amounts;
  switch (event.kind) {
    case EventKind::object:
      if (!things && !event.place) return "it names neither things nor quantities";
      break;
    case EventKind::transaction:
      if (!event.papers) return "a transaction event names a business transaction";
      if (!things && !event.parent) return "it names neither things nor quantities";
      break;
    case EventKind::aggregation:
      if (!event.parent && event.action != Action::observe) return "the parent is missing";
      if (!things && event.action != Action::remove) return "the children are missing";
      break;
    case EventKind::association:
      if (!event.parent) return "the parent is missing";
      if (!things && event.action != Action::remove) return "the children are missing";
      break;
    case EventKind::transformation:
      if (!event.transformation && !(things && (event.outputs || event.output_amounts)))
        return "a transformation has inputs and outputs, or an id that joins them";
      break;
  }
  if (!transforms && (event.outputs || event.output_amounts || event.transformation))
    return "only a transformation has outputs";
  const bool master = event.lot || event.expiry || event.made;
  if (master && event.kind != EventKind::object && !transforms)
    return "only object and transformation events carry lot and expiry";
  if ((event.set || event.unset) && event.kind != EventKind::object && !transforms)
    return "only object and transformation events carry persistent dispositions";
  return std::nullopt;
}

Why date(const std::optional<std::string>& text, const char* what) {
  if (!text) return std::nullopt;
  const bool shaped = text->size() == 10 && (*text)[4] == '-' && (*text)[7] == '-';
  if (shaped && !gs1::lint("yyyymmdd", text->substr(0, 4) + text->substr(5, 2) + text->substr(8))) return std::nullopt;
  return std::string(what) + ": '" + *text + "' is no date";
}

Why vocabulary(const RecordEvent& event) {
  if (event.step && term(Vocabulary::step, *event.step) != event.step)
    return "'" + *event.step + "' is no business step";
  if (event.disposition && term(Vocabulary::disposition, *event.disposition) != event.disposition)
    return "'" + *event.disposition + "' is no disposition";
  if (event.error && *event.error != "did_not_occur" && *event.error != "incorrect_data")
    return "'" + *event.error + "' is no reason of an error";
  if (event.error == "did_not_occur" && event.corrections) return "what did not occur has no corrections";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> malformed(const RecordEvent& event) {
  constexpr std::uint64_t latest = std::uint64_t{1} << 50;
  if (event.time == 0 || event.time > latest || event.zone < -840 || event.zone > 840)
    return "the time is out of bounds";
  for (const auto* text :
       {&event.step, &event.disposition, &event.parent, &event.place, &event.location, &event.transformation})
    if (*text && !fits(**text)) return "a text is malformed or longer than 512 bytes";
  if (event.lot && (event.lot->empty() || event.lot->size() > 64 || !gs1::is_cset82(*event.lot)))
    return "the lot is malformed";
  for (const Why& why : {identifiers(event.items, "items"), identifiers(event.outputs, "outputs"),
                         identifiers(event.corrections, "corrections"), amounts(event.amounts, "amounts"),
                         amounts(event.output_amounts, "output_amounts"), parties(event.papers, "papers"),
                         parties(event.from, "from"), parties(event.to, "to"), words(event.set, "set"),
                         words(event.unset, "unset"), date(event.expiry, "expiry"), date(event.made, "made")})
    if (why) return why;
  if (auto why = shape(event)) return why;
  return vocabulary(event);
}

}  // namespace carechain::care::drug
