#pragma once
// Values of inputs from text: JSON of a file, examples in a contract document, table cells.

#include <optional>
#include <string>

#include "libcore/contract/document.hpp"
#include "libcore/contract/scratch.hpp"
#include "libcore/contract/type.hpp"
#include "libcore/encoding/cbor.hpp"

namespace carechain::contract {

Type type_of(Unit);

// `given` as a value of `type` in `scratch`. Whole numbers and booleans may be texts ("150", "true"); timestamps are
// texts, RFC 3339 or a date alone. Keys of an object that are not there are absent. Throws refusal() with the path:
// "line.charge: 'many' is not a whole number".
Value value_from(const encoding::Value& given, const Type& type, Scratch& scratch, const std::string& path);

// One for each input of a kind; those missing in `given` are null. Throws refusal().
struct Declaration;
std::vector<Value> inputs_from(const encoding::Value& given, std::span<const Declaration> inputs, Scratch& scratch);

}  // namespace carechain::contract
