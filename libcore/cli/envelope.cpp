#include "libcore/cli/envelope.hpp"

#include <algorithm>

#include "libcore/cli/output.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::cli {
namespace {

using encoding::JsonWriter;

void member(JsonWriter& json, std::string_view key, const std::optional<std::string>& text) {
  json.key(key);
  if (text) {
    json.value(std::string_view(*text));
  } else {
    json.null();
  }
}

using Rows = std::vector<std::pair<std::string, std::string>>;

void detail(Rows& rows, std::string_view label, const std::optional<std::string>& text) {
  if (text && !text->empty()) rows.emplace_back(label, clean(*text));
}

// What people want to see of a value: text without quotes, a list of texts as words; of what lies deeper a row each,
// such as "provisions[0].effect".
void readable(Rows& rows, const std::string& label, const encoding::Value& value) {
  const auto* list = std::get_if<encoding::Array>(&value);
  const auto is_text = [](const encoding::Value& item) { return std::holds_alternative<std::string>(item); };
  if (const auto* text = std::get_if<std::string>(&value)) {
    detail(rows, label, *text);
  } else if (list != nullptr && std::ranges::all_of(*list, is_text)) {
    std::string words;
    for (const auto& item : *list) words += (words.empty() ? "" : " ") + std::get<std::string>(item);
    detail(rows, label, words);
  } else if (list != nullptr) {
    for (std::size_t i = 0; i < list->size(); ++i) readable(rows, label + '[' + std::to_string(i) + ']', (*list)[i]);
  } else if (const auto* members = std::get_if<encoding::Map>(&value)) {
    for (const auto& [key, member] : *members) readable(rows, label + '.' + key, member);
  } else {
    detail(rows, label, encoding::to_json(value));
  }
}

void data_details(Rows& rows, const std::string& json) {
  const auto data = encoding::parse_json(json, true);
  const auto* members = std::get_if<encoding::Map>(&data);
  if (members == nullptr) return detail(rows, "data", json);
  for (const auto& [key, value] : *members) readable(rows, key, value);
}

}  // namespace

std::string to_json(const Envelope& e) {
  JsonWriter json;
  json.begin_object().key("v").value(1);
  json.key("type").value(std::string_view(e.type));
  member(json, "id", e.id);
  json.key("ids").begin_array();
  for (const auto& id : e.ids) json.value(std::string_view(id));
  json.end_array();
  member(json, "tx", e.tx);
  member(json, "status", e.status);
  json.key("height");
  if (e.height) {
    json.value(*e.height);
  } else {
    json.null();
  }
  member(json, "block", e.block);
  member(json, "time", e.time ? std::optional(to_text(*e.time)) : std::nullopt);
  member(json, "signer", e.signer);
  member(json, "ledger", e.ledger);
  member(json, "reason", e.reason);
  json.key("data").raw(e.data);
  member(json, "cose", e.cose);
  json.end_object();
  return json.take();
}

std::string to_text(const Envelope& e) {
  std::string out = clean(e.type);
  if (e.status) out += "  " + clean(*e.status);
  if (e.id) out += "  " + clean(*e.id);
  if (e.ids.size() > 1) out += "  (" + std::to_string(e.ids.size()) + " in all)";
  Rows rows;
  detail(rows, "reason", e.reason);
  detail(rows, "height", e.height ? std::optional(std::to_string(*e.height)) : std::nullopt);
  detail(rows, "block", e.block);
  detail(rows, "time", e.time ? std::optional(to_text(*e.time)) : std::nullopt);
  detail(rows, "signer", e.signer);
  detail(rows, "ledger", e.ledger);
  data_details(rows, e.data);
  std::size_t width = 0;
  for (const auto& [label, text] : rows) width = std::max(width, label.size());
  for (const auto& [label, text] : rows) out += "\n  " + label + std::string(width - label.size() + 2, ' ') + text;
  return out;
}

}  // namespace carechain::cli
