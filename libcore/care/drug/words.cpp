#include <algorithm>

#include "libcore/care/drug/tables.hpp"

namespace carechain::care::drug {
namespace {

template <class Enum>
struct Word {
  Enum value;
  std::string_view text;
};

constexpr Word<EventKind> kinds[] = {{EventKind::object, "object"},
                                     {EventKind::aggregation, "aggregation"},
                                     {EventKind::transaction, "transaction"},
                                     {EventKind::transformation, "transformation"},
                                     {EventKind::association, "association"}};
constexpr Word<Action> actions[] = {{Action::add, "add"}, {Action::observe, "observe"}, {Action::remove, "delete"}};
constexpr Word<RecallClass> classes[] = {{RecallClass::I, "I"}, {RecallClass::II, "II"}, {RecallClass::III, "III"}};
constexpr Word<RecallLevel> levels[] = {
    {RecallLevel::consumer, "consumer"}, {RecallLevel::retail, "retail"}, {RecallLevel::wholesale, "wholesale"}};
constexpr Word<Mark> marks[] = {{Mark::suspect, "suspect"},
                                {Mark::illegitimate, "illegitimate"},
                                {Mark::stolen, "stolen"},
                                {Mark::cleared, "cleared"}};
constexpr Word<Status> states[] = {{Status::here, "here"},           {Status::transit, "transit"},
                                   {Status::dispensed, "dispensed"}, {Status::partly, "partly"},
                                   {Status::destroyed, "destroyed"}, {Status::decommissioned, "decommissioned"}};

template <class Enum, std::size_t N>
std::string_view write(const Word<Enum> (&words)[N], Enum value) {
  return std::ranges::find(words, value, &Word<Enum>::value)->text;
}
template <class Enum, std::size_t N>
bool read(const Word<Enum> (&words)[N], std::string_view text, Enum& value) {
  const auto* found = std::ranges::find(words, text, &Word<Enum>::text);
  if (found == std::end(words)) return false;
  value = found->value;
  return true;
}

}  // namespace

std::string_view to_text(EventKind value) { return write(kinds, value); }
bool parse(std::string_view text, EventKind& value) { return read(kinds, text, value); }
std::string_view to_text(Action value) { return write(actions, value); }
bool parse(std::string_view text, Action& value) { return read(actions, text, value); }
std::string_view to_text(RecallClass value) { return write(classes, value); }
bool parse(std::string_view text, RecallClass& value) { return read(classes, text, value); }
std::string_view to_text(RecallLevel value) { return write(levels, value); }
bool parse(std::string_view text, RecallLevel& value) { return read(levels, text, value); }
std::string_view to_text(Mark value) { return write(marks, value); }
bool parse(std::string_view text, Mark& value) { return read(marks, text, value); }
std::string_view to_text(Status value) { return write(states, value); }
bool parse(std::string_view text, Status& value) { return read(states, text, value); }

}  // namespace carechain::care::drug
