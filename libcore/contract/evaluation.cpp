#include "libcore/contract/evaluation.hpp"

#include <algorithm>

#include "libcore/contract/type.hpp"

namespace carechain::contract {
namespace {

bool is_error(const Value& value) { return value.is(Kind::error); }
bool is_final(const Value& value) { return is_error(value) && value.error().out_of_budget; }

// The item of a list, the value of a key, or nullptr.
const Value* item_at(const Value& list, const Value& index) {
  if (!index.is_number() || (index.is(Kind::integer) && index.integer() < 0)) return nullptr;
  const std::uint64_t at = index.unsigned_integer();
  return at < list.items().size() ? &list.items()[at] : nullptr;
}

}  // namespace

Value Evaluation::fail(std::uint32_t position, std::string_view message) {
  return Value::of(scratch.store(ErrorData{scratch.keep(message), position, false}));
}

Value Evaluation::used_up(std::uint32_t position) {
  budget.left = 0;
  return Value::of(scratch.store(ErrorData{"the evaluation takes too long: its budget is used up", position, true}));
}

Value Evaluation::of(NodeId id) {
  const Node& node = syntax[id];
  if (!budget.spend(1)) return used_up(node.position);
  switch (node.op) {
    case Node::Op::constant:
      return node.constant;
    case Node::Op::input:
      return inputs[node.slot];
    case Node::Op::local:
      return locals[node.slot];
    case Node::Op::call:
      return call(node);
    case Node::Op::field:
    case Node::Op::select:
      return select(node);
    case Node::Op::both:
      return both(node);
    case Node::Op::either:
      return either(node);
    case Node::Op::choose:
      return choose(node);
    case Node::Op::index:
      return index(node);
    case Node::Op::has:
      return has(node);
    case Node::Op::list:
      return list(node);
    case Node::Op::map:
      return map(node);
    case Node::Op::loop:
      return loop(node);
    case Node::Op::bind: {
      const Value value = child(node, 0);
      if (is_error(value)) return value;
      locals[node.slot] = value;
      return child(node, 1);
    }
    case Node::Op::failure:
    case Node::Op::name:
      break;
  }
  return fail(node.position, node.text);
}

Value Evaluation::call(const Node& node) {
  std::array<Value, max_arguments> arguments;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    arguments[i] = child(node, i);
    if (is_error(arguments[i])) return arguments[i];
  }
  return node.function(*this, arguments.data(), node.position);
}

// An error on one side is forgotten when the other side decides.
Value Evaluation::both(const Node& node) {
  Value doubt = Value::of(true);
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Value value = child(node, i);
    if (value.is(Kind::boolean) && !value.boolean()) return value;
    if (is_final(value)) return value;
    if (!value.is(Kind::boolean) && !is_error(doubt)) doubt = is_error(value) ? value : no_overload(node.position);
  }
  return doubt;
}

Value Evaluation::either(const Node& node) {
  Value doubt = Value::of(false);
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Value value = child(node, i);
    if (value.is(Kind::boolean) && value.boolean()) return value;
    if (is_final(value)) return value;
    if (!value.is(Kind::boolean) && !is_error(doubt)) doubt = is_error(value) ? value : no_overload(node.position);
  }
  return doubt;
}

Value Evaluation::choose(const Node& node) {
  const Value condition = child(node, 0);
  if (is_error(condition)) return condition;
  if (!condition.is(Kind::boolean)) return no_overload(node.position);
  return child(node, condition.boolean() ? 1 : 2);
}

Value Evaluation::select(const Node& node) {
  const Value of_what = child(node, 0);
  if (is_error(of_what)) return of_what;
  const Value* found = nullptr;
  if (of_what.is(Kind::object)) {
    const Value* const field = node.op == Node::Op::field ? &of_what.object().fields[node.slot] : nullptr;
    found = field == nullptr ? find(of_what.object(), node.text) : field->is(Kind::null) ? nullptr : field;
  } else if (of_what.is(Kind::map)) {
    found = find(of_what.map(), Value::of(node.text));
  } else {
    return no_overload(node.position);
  }
  if (found != nullptr) return *found;
  return fail(node.position, "no such key: '" + std::string(node.text) + "'");
}

Value Evaluation::has(const Node& node) {
  const Value of_what = child(node, 0);
  if (is_error(of_what)) return of_what;
  if (of_what.is(Kind::object)) return Value::of(find(of_what.object(), node.text) != nullptr);
  if (of_what.is(Kind::map)) return Value::of(find(of_what.map(), Value::of(node.text)) != nullptr);
  return no_overload(node.position);
}

Value Evaluation::index(const Node& node) {
  const Value of_what = child(node, 0);
  if (is_error(of_what)) return of_what;
  const Value at = child(node, 1);
  if (is_error(at)) return at;
  if (of_what.is(Kind::list)) {
    const Value* const item = item_at(of_what, at);
    return item != nullptr ? *item : fail(node.position, "invalid_argument: there is no item " + to_display(at));
  }
  const Value* found = nullptr;
  if (of_what.is(Kind::map))
    found = find(of_what.map(), at);
  else if (of_what.is(Kind::object) && at.is(Kind::text))
    found = find(of_what.object(), at.text());
  else
    return no_overload(node.position);
  return found != nullptr ? *found : fail(node.position, "no such key: " + to_display(at));
}

Value Evaluation::list(const Node& node) {
  if (!afford(node.count * sizeof(Value))) return used_up(node.position);
  const auto items = scratch.array<Value>(node.count);
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Value value = child(node, i);
    if (is_error(value)) return value;
    new (&items[i]) Value(value);
  }
  return Value::of_list(items);
}

Value Evaluation::map(const Node& node) {
  if (!afford(node.count * sizeof(Value))) return used_up(node.position);
  const auto entries = scratch.array<MapEntry>(node.count / 2);
  for (std::uint32_t i = 0; i < node.count; i += 2) {
    const Value key = child(node, i);
    if (is_error(key)) return key;
    const Value value = child(node, i + 1);
    if (is_error(value)) return value;
    new (&entries[i / 2]) MapEntry{key, value};
  }
  return make_map(*this, entries, node.position);
}

Value make_map(Evaluation& in, std::span<MapEntry> entries, std::uint32_t position) {
  for (const MapEntry& entry : entries)
    if (!is_key(entry.key)) return in.fail(position, "unsupported key type");
  std::size_t halvings = 1;
  while (entries.size() >> halvings != 0) ++halvings;
  if (!in.budget.spend(entries.size() * halvings)) return in.used_up(position);
  const auto before = [](const MapEntry& a, const MapEntry& b) { return order_keys(a.key, b.key) < 0; };
  std::sort(entries.begin(), entries.end(), before);
  const auto same = [](const MapEntry& a, const MapEntry& b) { return order_keys(a.key, b.key) == 0; };
  if (std::adjacent_find(entries.begin(), entries.end(), same) != entries.end())
    return in.fail(position, "the same key occurs twice");
  return Value::of(in.scratch.store(MapData{entries.data(), static_cast<std::uint32_t>(entries.size())}));
}

// Comprehensions. ------------------------------------------------------------------------------------------------

std::size_t Evaluation::size_of(const Value& range) const {
  return range.is(Kind::list) ? range.items().size() : range.map().size;
}

void Evaluation::set_variables(const Node& node, const Value& range, std::size_t at) {
  if (range.is(Kind::list)) {
    if (node.two_variables) {
      locals[node.slot] = Value::of(static_cast<std::int64_t>(at));
      locals[node.slot + 1] = range.items()[at];
    } else {
      locals[node.slot] = range.items()[at];
    }
  } else {
    locals[node.slot] = range.map().entries[at].key;
    if (node.two_variables) locals[node.slot + 1] = range.map().entries[at].value;
  }
}

Value Evaluation::loop(const Node& node) {
  const Value range = child(node, 0);
  if (is_error(range)) return range;
  if (!range.is(Kind::list) && !range.is(Kind::map)) return no_overload(node.position);
  switch (node.loop) {
    case Node::Loop::list:
      return loop_list(node, range);
    case Node::Loop::map:
      return loop_map(node, range);
    default:
      return loop_test(node, range);
  }
}

Value Evaluation::loop_test(const Node& node, const Value& range) {
  const bool all = node.loop == Node::Loop::all;
  Value doubt = Value::of(all);
  std::size_t count = 0;
  for (std::size_t i = 0; i < size_of(range); ++i) {
    set_variables(node, range, i);
    const Value value = child(node, 1);
    if (is_final(value)) return value;
    if (!value.is(Kind::boolean)) {
      if (!is_error(doubt)) doubt = is_error(value) ? value : no_overload(node.position);
      if (node.loop == Node::Loop::exists_one) return doubt;
      continue;
    }
    if (node.loop == Node::Loop::exists_one)
      count += value.boolean() ? 1 : 0;
    else if (value.boolean() != all)
      return value;
  }
  return node.loop == Node::Loop::exists_one ? Value::of(count == 1) : doubt;
}

namespace {

// Items that come one by one into scratch memory.
template <class Item>
struct Growing {
  Scratch& scratch;
  std::span<Item> room;
  std::size_t size = 0;
  void add(const Item& item) {
    if (size == room.size()) {
      const auto larger = scratch.array<Item>(size == 0 ? 8 : 2 * size);
      std::uninitialized_copy_n(room.data(), size, larger.data());
      room = larger;
    }
    new (&room[size++]) Item(item);
  }
};

}  // namespace

// Each with an optional condition as the third child. The variables are set again for the body, since the condition's
// own comprehensions use other slots only.
Value Evaluation::loop_list(const Node& node, const Value& range) {
  Growing<Value> made{scratch, {}, 0};
  for (std::size_t i = 0; i < size_of(range); ++i) {
    set_variables(node, range, i);
    if (node.count == 3) {
      const Value wanted = child(node, 2);
      if (is_error(wanted)) return wanted;
      if (!wanted.is(Kind::boolean)) return no_overload(node.position);
      if (!wanted.boolean()) continue;
    }
    const Value value = child(node, 1);
    if (is_error(value)) return value;
    if (!afford(2 * sizeof(Value))) return used_up(node.position);
    made.add(value);
  }
  return Value::of_list(made.room.first(made.size));
}

Value Evaluation::loop_map(const Node& node, const Value& range) {
  Growing<MapEntry> made{scratch, {}, 0};
  for (std::size_t i = 0; i < size_of(range); ++i) {
    set_variables(node, range, i);
    if (node.count == 3) {
      const Value wanted = child(node, 2);
      if (is_error(wanted)) return wanted;
      if (!wanted.is(Kind::boolean)) return no_overload(node.position);
      if (!wanted.boolean()) continue;
    }
    const Value value = child(node, 1);
    if (is_error(value)) return value;
    if (!afford(2 * sizeof(MapEntry))) return used_up(node.position);
    made.add({locals[node.slot], value});
  }
  return make_map(*this, made.room.first(made.size), node.position);
}

}  // namespace carechain::contract
