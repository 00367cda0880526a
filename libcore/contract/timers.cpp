#include "libcore/contract/effects.hpp"

namespace carechain::contract {
namespace {

struct TimerCount {
  std::uint64_t size = 0;    // slots in use
  std::uint64_t serial = 0;  // settings so far
  template <class V>
  void fields(V& v) {
    v("size", size, "slots in use");
    v("serial", serial, "settings so far");
  }
};

struct TimerSlot {
  Time due;
  std::uint64_t serial = 0;
  ObjectRef of;
  std::string word;
  template <class V>
  void fields(V& v) {
    v("due", due, "when");
    v("serial", serial, "which setting");
    v("of", of, "of what");
    v("word", word, "which timer of it");
  }
};

bool earlier(const TimerSlot& a, const TimerSlot& b) { return a.due != b.due ? a.due < b.due : a.serial < b.serial; }

constexpr ledger::Table<TimerCount> counts{"timers"};
constexpr ledger::Table<TimerSlot> slots{"timer"};
constexpr ledger::Table<Timer> awaiting{"awaited"};

// A heap in the state: the slot of each index comes before those of 2i+1 and 2i+2.
void push(ledger::Changes& state, TimerCount& count, const TimerSlot& slot) {
  std::uint64_t at = count.size++;
  while (at > 0) {
    const std::uint64_t above = (at - 1) / 2;
    const TimerSlot parent = *slots.get(state, above);
    if (!earlier(slot, parent)) break;
    slots.put(state, parent, at);
    at = above;
  }
  slots.put(state, slot, at);
}

void pop(ledger::Changes& state, TimerCount& count) {
  const std::uint64_t size = --count.size;
  const TimerSlot last = *slots.get(state, size);
  slots.erase(state, size);
  if (size == 0) return;
  std::uint64_t at = 0;
  for (;;) {
    std::uint64_t below = 2 * at + 1;
    if (below >= size) break;
    TimerSlot child = *slots.get(state, below);
    if (below + 1 < size) {
      const TimerSlot other = *slots.get(state, below + 1);
      if (earlier(other, child)) {
        child = other;
        ++below;
      }
    }
    if (!earlier(child, last)) break;
    slots.put(state, child, at);
    at = below;
  }
  slots.put(state, last, at);
}

}  // namespace

void set_timer(ledger::Changes& state, const ObjectRef& of, std::string_view word, Time due, Bytes data) {
  TimerCount count = counts.get(state).value_or(TimerCount{});
  const TimerSlot slot{due, ++count.serial, of, std::string(word)};
  push(state, count, slot);
  counts.put(state, count);
  awaiting.put(state, Timer{due, slot.serial, std::move(data)}, of, word);
}

void call_off(ledger::Changes& state, const ObjectRef& of, std::string_view word) {
  if (awaiting.has(state, of, word)) awaiting.erase(state, of, word);
}

std::optional<Timer> awaited(const ledger::State& state, const ObjectRef& of, std::string_view word) {
  return awaiting.get(state, of, word);
}

void fire_timers(const TimerHandlers& handlers, const ledger::BlockPlace& place, ledger::Changes& state) {
  auto count = counts.get(state);
  if (!count) return;
  for (unsigned fired = 0; fired < max_timers_a_block && count->size > 0; ++fired) {
    const TimerSlot slot = *slots.get(state, std::uint64_t{0});
    if (slot.due > place.time) break;
    pop(state, *count);
    counts.put(state, *count);
    const auto timer = awaiting.get(state, slot.of, slot.word);
    if (!timer || timer->serial != slot.serial) continue;  // called off, or set anew
    awaiting.erase(state, slot.of, slot.word);
    Moment moment{state, place.height, place.time, 0, fired};
    const auto handler = handlers.find(slot.word);
    if (handler != handlers.end()) handler->second(moment, slot.of, timer->data);
    *count = *counts.get(state);  // the handler may have set another
  }
}

void add_timers(ledger::OperationTable& table, TimerHandlers handlers) {
  table.at_block([handlers = std::move(handlers)](const ledger::BlockPlace& place, ledger::Changes& state) {
    fire_timers(handlers, place, state);
  });
}

}  // namespace carechain::contract
