#pragma once
// Finds the events in a JSON text without reading it: only brackets, quotes and commas are looked at.

#include <optional>
#include <string_view>
#include <vector>

namespace carechain::care::drug {

struct EventList {
  std::size_t begin, end;               // bytes between its brackets
  std::vector<std::string_view> parts;  // its values, with the blanks around them
  std::size_t depth;                    // objects and lists that it is inside of, itself among them
};
// The first member "eventList" that is a list. What stands elsewhere may be malformed, and so may the parts; nullopt:
// there is none, or it doesn't end.
std::optional<EventList> find_event_list(std::string_view json);

}  // namespace carechain::care::drug
