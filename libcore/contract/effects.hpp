#pragma once
// Effects: what contracts cause outside the ledger (pay, notify, publish, re-consent, overdue), recorded by apply and
// by block time, for scripts that carry them out; and timers, which bring effects about when nobody acts. Both belong
// to the state, so that an auditor recomputes them.
//
//   state    effect/   id                                          -> Effect
//            timers/                                               -> TimerCount
//            timer/    index u64 BE                                -> TimerSlot   a heap, the earliest at index 0
//            awaited/  object ref || word                          -> Timer
//   queries  "eff/"    height u64 || position u32 || part u32 || n u32 -> effect id, in the order of the chain

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/operation.hpp"

namespace carechain::contract {

using ledger::ObjectRef;
struct EffectIdMeaning;
using EffectId = FixedBytes<EffectIdMeaning, 32>;

// A fact that goes with an effect: a word and a short text, for example {"claims", "3"}. Nothing identifying.
struct Detail {
  std::string key, value;
  template <class V>
  void fields(V& v) {
    v("key", key, "what");
    v("value", value, "its value");
  }
};

struct Effect {
  std::string kind;                    // pay, recover, notify, publish, reconsent, overdue …
  ObjectRef cause;                     // the claim, subject or other object that it is about
  std::string word;                    // with the cause it names this effect: the same one is never recorded twice
  std::optional<PublicKey> from, to;   // accounts
  std::optional<std::int64_t> amount;  // in cents, never negative
  std::optional<std::string> currency;
  std::optional<std::string> contract;  // NAME/VERSION that caused it
  std::vector<Detail> details;
  Time at;                   // header time of the block
  std::uint64_t height = 0;  // of the block
  template <class V>
  void fields(V& v) {
    v("kind", kind, "pay, recover, notify, publish, reconsent, overdue");
    v("cause", cause, "the object that it is about");
    v("word", word, "which effect of that object");
    v("from", from, "who acts");
    v("to", to, "for whom");
    v("amount", amount, "in cents");
    v("currency", currency, "ISO 4217");
    v("contract", contract, "the contract that caused it, NAME/VERSION");
    v("details", details, "what else a script needs");
    v("at", at, "time of the block");
    v("height", height, "height of the block");
  }
};

// Where something happens: in an operation, or at the beginning of a block.
struct Moment {
  ledger::Changes& state;
  std::uint64_t height = 0;
  Time time;
  std::uint32_t position = 0;  // 0: the beginning of the block; else the transaction's position plus one
  std::uint32_t part = 0;      // the operation, or the number of the timer in this block
  std::uint32_t recorded = 0;  // effects recorded here so far
};
Moment moment_of(ledger::Context&);

// SHA-256("carechain/effect/1\0" || cause || word): the same on every ledger that holds the same cause.
EffectId effect_id(const ObjectRef& cause, std::string_view word);

// Records an effect; `at` and `height` are filled in. false: one of that cause and word was recorded before, and
// nothing changed. Throws Error when a text is not UTF-8.
bool record_effect(Moment&, Effect);
bool was_recorded(const ledger::State&, const ObjectRef& cause, std::string_view word);

// Something that is to happen at a time, unless it is called off. What happens is for the handler of its word.
struct Timer {
  Time due;
  std::uint64_t serial = 0;
  Bytes data;  // for the handler
  template <class V>
  void fields(V& v) {
    v("due", due, "when");
    v("serial", serial, "which setting of it counts");
    v("data", data, "for what happens then");
  }
};
// One timer for an object and a word; set again, only the latest setting counts.
void set_timer(ledger::Changes&, const ObjectRef& of, std::string_view word, Time due, Bytes data = {});
void call_off(ledger::Changes&, const ObjectRef& of, std::string_view word);
std::optional<Timer> awaited(const ledger::State&, const ObjectRef& of, std::string_view word);

using TimerHandler = void (*)(Moment&, const ObjectRef& of, ByteView data);
using TimerHandlers = std::map<std::string, TimerHandler, std::less<>>;
inline constexpr unsigned max_timers_a_block = 10'000;  // those beyond come with the next block

// Fires what is due at the block's time, the earliest first. A word without handler is passed over.
void fire_timers(const TimerHandlers&, const ledger::BlockPlace&, ledger::Changes&);
void add_timers(ledger::OperationTable&, TimerHandlers);

}  // namespace carechain::contract
