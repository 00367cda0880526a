#include <algorithm>

#include "libcore/contract/characters.hpp"
#include "libcore/contract/functions.hpp"

namespace carechain::contract {
namespace {

using enum Type::Base;

bool texts(const Value* a, std::size_t count) {
  return std::all_of(a, a + count, [](const Value& value) { return value.is(Kind::text); });
}
Value index_out_of_range(Evaluation& in, const Value& index, std::uint32_t position) {
  return in.fail(position, "index out of range: " + to_display(index));
}
// An index among 0 .. limit.
std::optional<std::size_t> index_within(const Value& index, std::size_t limit) {
  if (!index.is(Kind::integer) || index.integer() < 0 || index.unsigned_integer() > limit) return std::nullopt;
  return static_cast<std::size_t>(index.integer());
}

Value size(Evaluation& in, const Value* a, std::uint32_t position) {
  const auto count = [](std::size_t size) { return Value::of(static_cast<std::int64_t>(size)); };
  switch (a[0].kind()) {
    case Kind::list:
      return count(a[0].items().size());
    case Kind::map:
      return count(a[0].map().size);
    case Kind::bytes:
      return count(a[0].text().size());
    case Kind::text:
      return in.afford(a[0].text().size()) ? count(count_characters(a[0].text())) : in.used_up(position);
    default:
      return in.no_overload(position);
  }
}

enum class Where { front, back, anywhere };

template <Where where>
Value holds(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!texts(a, 2)) return in.no_overload(position);
  const std::string_view whole = a[0].text(), part = a[1].text();
  if (!in.afford(where == Where::anywhere ? whole.size() + whole.size() / 16 * part.size() : part.size()))
    return in.used_up(position);
  if constexpr (where == Where::front) return Value::of(whole.starts_with(part));
  if constexpr (where == Where::back) return Value::of(whole.ends_with(part));
  return Value::of(whole.find(part) != std::string_view::npos);
}

Value character_at(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text) || !a[1].is(Kind::integer)) return in.no_overload(position);
  const std::string_view text = a[0].text();
  if (!in.afford(2 * text.size())) return in.used_up(position);
  const auto index = index_within(a[1], count_characters(text));
  if (!index) return index_out_of_range(in, a[1], position);
  const std::size_t at = byte_of_character(text, *index);
  return Value::of(at == text.size() ? std::string_view() : text.substr(at, size_of_character(text[at])));
}

// The index of a part, from the front or the back; with `begins` a third argument says where to begin.
Value position_of(Evaluation& in, const Value* a, bool begins, bool last, std::uint32_t position) {
  if (!texts(a, 2) || (begins && !a[2].is(Kind::integer))) return in.no_overload(position);
  const std::string_view whole = a[0].text(), part = a[1].text();
  if (!in.afford(3 * whole.size() + whole.size() / 16 * part.size())) return in.used_up(position);
  std::size_t begin = last ? std::string_view::npos : 0;
  if (begins) {
    const auto index = index_within(a[2], count_characters(whole));
    if (!index) return index_out_of_range(in, a[2], position);
    begin = byte_of_character(whole, *index);
  }
  const std::size_t at = last ? whole.rfind(part, begin) : whole.find(part, begin);
  if (at == std::string_view::npos) return Value::of(std::int64_t{-1});
  return Value::of(static_cast<std::int64_t>(count_characters(whole.substr(0, at))));
}

template <bool last>
Value index_of(Evaluation& in, const Value* a, std::uint32_t position) {
  return position_of(in, a, false, last, position);
}
template <bool last>
Value index_from(Evaluation& in, const Value* a, std::uint32_t position) {
  return position_of(in, a, true, last, position);
}

Value part_between(Evaluation& in, const Value* a, const Value* to, std::uint32_t position) {
  if (!a[0].is(Kind::text) || !a[1].is(Kind::integer) || (to != nullptr && !to->is(Kind::integer)))
    return in.no_overload(position);
  const std::string_view text = a[0].text();
  if (!in.afford(3 * text.size())) return in.used_up(position);
  const std::size_t count = count_characters(text);
  const auto begin = index_within(a[1], count);
  if (!begin) return index_out_of_range(in, a[1], position);
  const auto end = to == nullptr ? std::optional(count) : index_within(*to, count);
  if (!end) return index_out_of_range(in, *to, position);
  if (*begin > *end)
    return in.fail(position, "invalid substring range. start: " + to_display(a[1]) + ", end: " + to_display(*to));
  const std::size_t at = byte_of_character(text, *begin);
  return Value::of(text.substr(at, byte_of_character(text, *end) - at));
}
Value substring_from(Evaluation& in, const Value* a, std::uint32_t position) {
  return part_between(in, a, nullptr, position);
}
Value substring(Evaluation& in, const Value* a, std::uint32_t position) { return part_between(in, a, a + 2, position); }

template <char first, char last>
Value cased(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  if (!in.afford(a[0].text().size())) return in.used_up(position);
  std::string made(a[0].text());
  for (char& c : made)
    if (c >= first && c <= last) c = static_cast<char>(c ^ 0x20);
  return in.text(made);
}

Value trimmed(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  std::string_view text = a[0].text();
  if (!in.afford(text.size())) return in.used_up(position);
  while (!text.empty() && is_blank(text.substr(0, size_of_character(text[0]))))
    text.remove_prefix(size_of_character(text[0]));
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) --last;
    if (!is_blank(text.substr(last))) break;
    text = text.substr(0, last);
  }
  return Value::of(text);
}

// Where a part ends behind `at`: an empty separator parts every character.
std::size_t next_split(std::string_view text, std::string_view separator, std::size_t at) {
  if (!separator.empty()) return text.find(separator, at);
  const std::size_t next = at + (at < text.size() ? size_of_character(text[at]) : 1);
  return next < text.size() ? next : std::string_view::npos;
}

Value parts(Evaluation& in, const Value* a, std::int64_t limit, std::uint32_t position) {
  const std::string_view text = a[0].text(), separator = a[1].text();
  if (!in.afford(text.size() * sizeof(Value) + text.size() * separator.size() / 16)) return in.used_up(position);
  std::vector<Value> made;
  std::size_t at = 0;
  while (limit != 0) {
    const bool is_last = limit > 0 && static_cast<std::int64_t>(made.size()) + 1 == limit;
    const std::size_t end = is_last ? std::string_view::npos : next_split(text, separator, at);
    made.push_back(Value::of(text.substr(at, end == std::string_view::npos ? end : end - at)));
    if (end == std::string_view::npos) break;
    at = end + separator.size();
  }
  const auto items = in.scratch.array<Value>(made.size());
  std::uninitialized_copy(made.begin(), made.end(), items.begin());
  return Value::of_list(items);
}
Value split(Evaluation& in, const Value* a, std::uint32_t position) {
  return texts(a, 2) ? parts(in, a, -1, position) : in.no_overload(position);
}
Value split_some(Evaluation& in, const Value* a, std::uint32_t position) {
  return texts(a, 2) && a[2].is(Kind::integer) ? parts(in, a, a[2].integer(), position) : in.no_overload(position);
}

Value replaced(Evaluation& in, const Value* a, std::int64_t limit, std::uint32_t position) {
  const std::string_view text = a[0].text(), old = a[1].text(), fresh = a[2].text();
  if (!in.afford(text.size() + text.size() / 16 * old.size())) return in.used_up(position);
  std::string made;
  std::size_t at = 0;
  for (; limit != 0; --limit) {
    const std::size_t found = text.find(old, at);
    if (found == std::string_view::npos || (old.empty() && found >= text.size())) break;
    const std::size_t step = old.empty() ? size_of_character(text[found]) : 0;
    if (!in.afford(16 + found - at + fresh.size() + step)) return in.used_up(position);
    made += text.substr(at, found - at);
    made += fresh;
    made += text.substr(found, step);
    at = found + old.size() + step;
  }
  made += text.substr(at);
  if (old.empty() && limit != 0) made += fresh;
  return in.text(made);
}
Value replace(Evaluation& in, const Value* a, std::uint32_t position) {
  return texts(a, 3) ? replaced(in, a, -1, position) : in.no_overload(position);
}
Value replace_some(Evaluation& in, const Value* a, std::uint32_t position) {
  return texts(a, 3) && a[3].is(Kind::integer) ? replaced(in, a, a[3].integer(), position) : in.no_overload(position);
}

Value joined(Evaluation& in, const Value& list, std::string_view separator, std::uint32_t position) {
  if (!list.is(Kind::list)) return in.no_overload(position);
  std::string made;
  for (const Value& item : list.items()) {
    if (!item.is(Kind::text)) return in.no_overload(position);
    if (!in.afford(16 + item.text().size() + separator.size())) return in.used_up(position);
    if (&item != list.items().data()) made += separator;
    made += item.text();
  }
  return in.text(made);
}
Value join_plainly(Evaluation& in, const Value* a, std::uint32_t position) { return joined(in, a[0], {}, position); }
Value join_with(Evaluation& in, const Value* a, std::uint32_t position) {
  return a[1].is(Kind::text) ? joined(in, a[0], a[1].text(), position) : in.no_overload(position);
}

Value reversed(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  const std::string_view text = a[0].text();
  if (!in.afford(text.size())) return in.used_up(position);
  std::string made(text.size(), '\0');
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t step = std::min(size_of_character(text[at]), text.size() - at);
    text.copy(made.data() + (text.size() - at - step), step, at);
    at += step;
  }
  return in.text(made);
}

Value quoted(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  if (!in.afford(2 * a[0].text().size())) return in.used_up(position);
  static constexpr std::string_view special = "\a\b\f\n\r\t\v\\\"", letters = "abfnrtv\\\"";
  std::string made = "\"";
  for (const char c : a[0].text()) {
    const std::size_t at = special.find(c);
    if (at != std::string_view::npos) made += '\\';
    made += at == std::string_view::npos ? c : letters[at];
  }
  return in.text(made + '"');
}

Value formatted(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text) || !a[1].is(Kind::list)) return in.no_overload(position);
  std::string problem;
  const std::string made = format_text(in, a[0].text(), a[1].items(), problem);
  if (in.budget.left == 0) return in.used_up(position);
  return problem.empty() ? in.text(made) : in.fail(position, problem);
}

constexpr std::array text_rows{
    Overload{"size", false, integer, 1, {text}, size},
    Overload{"size", false, integer, 1, {bytes}, size},
    Overload{"size", false, integer, 1, {list}, size},
    Overload{"size", false, integer, 1, {map}, size},
    Overload{"size", true, integer, 1, {text}, size},
    Overload{"size", true, integer, 1, {bytes}, size},
    Overload{"size", true, integer, 1, {list}, size},
    Overload{"size", true, integer, 1, {map}, size},
    Overload{"startsWith", true, boolean, 2, {text, text}, holds<Where::front>},
    Overload{"endsWith", true, boolean, 2, {text, text}, holds<Where::back>},
    Overload{"contains", true, boolean, 2, {text, text}, holds<Where::anywhere>},
    Overload{"charAt", true, text, 2, {text, integer}, character_at},
    Overload{"indexOf", true, integer, 2, {text, text}, index_of<false>},
    Overload{"indexOf", true, integer, 3, {text, text, integer}, index_from<false>},
    Overload{"lastIndexOf", true, integer, 2, {text, text}, index_of<true>},
    Overload{"lastIndexOf", true, integer, 3, {text, text, integer}, index_from<true>},
    Overload{"substring", true, text, 2, {text, integer}, substring_from},
    Overload{"substring", true, text, 3, {text, integer, integer}, substring},
    Overload{"lowerAscii", true, text, 1, {text}, cased<'A', 'Z'>},
    Overload{"upperAscii", true, text, 1, {text}, cased<'a', 'z'>},
    Overload{"trim", true, text, 1, {text}, trimmed},
    Overload{"split", true, list, 2, {text, text}, split},
    Overload{"split", true, list, 3, {text, text, integer}, split_some},
    Overload{"replace", true, text, 3, {text, text, text}, replace},
    Overload{"replace", true, text, 4, {text, text, text, integer}, replace_some},
    Overload{"join", true, text, 1, {list}, join_plainly},
    Overload{"join", true, text, 2, {list, text}, join_with},
    Overload{"reverse", true, text, 1, {text}, reversed},
    Overload{"strings.quote", false, text, 1, {text}, quoted},
    Overload{"format", true, text, 2, {text, list}, formatted},
};

}  // namespace

std::span<const Overload> text_overloads() { return text_rows; }

}  // namespace carechain::contract
