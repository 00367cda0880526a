#include "libcore/encoding/fields.hpp"

#include <stdexcept>

namespace carechain::encoding {

ByteView encoded_field(ByteView map, std::string_view key) {
  CborReader from(map);
  for (std::size_t pairs = from.map(); pairs > 0; --pairs) {
    const bool found = from.text() == key;
    if (found && pairs == 1) return map.subspan(from.offset());  // to the end, without another look at it
    const ByteView value = from.skip();
    if (found) return value;
  }
  return {};
}

}  // namespace carechain::encoding

namespace carechain::encoding::detail {
namespace {

const void* member_of(const void* object, const FieldPlan& field) {
  return static_cast<const std::byte*>(object) + field.offset;
}
void* member_of(void* object, const FieldPlan& field) { return static_cast<std::byte*>(object) + field.offset; }

// Decodes field after field as long as the keys come as planned. False: the keys are not those of the plan.
bool decode_expected(const Plan& plan, void* object, CborReader& from, std::size_t pairs) {
  auto field = plan.begin();
  try {
    for (; pairs > 0; --pairs, ++field) {
      while (field != plan.end() && !from.take(field->encoded_key)) {
        if (field->present == nullptr) return false;
        ++field;
      }
      if (field == plan.end()) return false;
      field->decode(member_of(object, *field), from);
    }
  } catch (const CborFault& fault) {
    throw fault.under(field->key);
  }
  return std::all_of(field, plan.end(), [](const FieldPlan& f) { return f.present != nullptr; });
}

void skip_value(std::string_view key, CborReader& from) {
  try {
    from.skip();
  } catch (const CborFault& fault) {
    throw fault.under(key);
  }
}

// Says what is wrong with a map's keys; `from` stands at the map.
[[noreturn]] void refuse_keys(const Plan& plan, CborReader from) {
  const std::size_t begin = from.offset();
  std::vector<std::string_view> found;
  for (std::size_t pairs = from.map(); pairs > 0; --pairs) {
    const std::size_t at = from.offset();
    const std::string_view key = from.key(found.empty() ? nullptr : &found.back());
    if (std::ranges::find(plan, key, &FieldPlan::key) == plan.end())
      throw CborFault(at, "unknown key '" + std::string(key) + "'");
    found.push_back(key);
    skip_value(key, from);
  }
  for (const FieldPlan& field : plan)
    if (field.present == nullptr && std::ranges::find(found, field.key) == found.end())
      throw CborFault(begin, "missing key '" + field.key + "'");
  throw CborFault(begin, "keys are not as they should be");
}

}  // namespace

Plan in_canonical_order(Plan plan) {
  std::ranges::sort(plan, cbor_key_before, &FieldPlan::key);
  const auto twin = std::ranges::adjacent_find(plan, {}, &FieldPlan::key);
  if (twin != plan.end()) throw std::logic_error("two fields are called '" + twin->key + "'");
  return plan;
}

Bytes encoded_key(std::string_view key) {
  Bytes encoded;
  CborWriter(encoded).text(key);
  return encoded;
}

void encode_planned(const Plan& plan, const void* object, CborWriter& to) {
  const auto absent = [object](const FieldPlan& field) {
    return field.present != nullptr && !field.present(member_of(object, field));
  };
  to.map(plan.size() - static_cast<std::size_t>(std::ranges::count_if(plan, absent)));
  for (const FieldPlan& field : plan) {
    if (absent(field)) continue;
    to.raw(field.encoded_key);
    field.encode(member_of(object, field), to);
  }
}

void decode_planned(const Plan& plan, void* object, CborReader& from) {
  const CborReader start = from;
  if (!decode_expected(plan, object, from, from.map())) refuse_keys(plan, start);
}

void encode_time(Time time, CborWriter& to) {
  if (time.seconds < 0 || time.seconds > max_time_seconds)
    throw Error("time out of bounds: " + std::to_string(time.seconds) + " seconds");
  to.unsigned_integer(static_cast<std::uint64_t>(time.seconds));
}

Time decode_time(CborReader& from) {
  const std::size_t begin = from.offset();
  const std::uint64_t seconds = from.unsigned_integer();
  if (seconds > static_cast<std::uint64_t>(max_time_seconds)) throw CborFault(begin, "time beyond 2^40 seconds");
  return Time{static_cast<std::int64_t>(seconds)};
}

std::uint32_t decode_uint32(CborReader& from) {
  const std::size_t begin = from.offset();
  const std::uint64_t value = from.unsigned_integer();
  if (value >> 32 != 0) throw CborFault(begin, "integer above 2^32 - 1");
  return static_cast<std::uint32_t>(value);
}

ByteView decode_exactly(std::size_t size, CborReader& from) {
  const std::size_t begin = from.offset();
  const ByteView found = from.bytes();
  if (found.size() != size)
    throw CborFault(begin, "expected " + std::to_string(size) + " bytes, found " + std::to_string(found.size()));
  return found;
}

void refuse_word(std::size_t offset, std::string_view word) {
  throw CborFault(offset, "unknown word '" + std::string(word) + "'");
}

}  // namespace carechain::encoding::detail
