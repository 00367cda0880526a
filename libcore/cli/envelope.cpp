#include "libcore/cli/envelope.hpp"

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

void detail(std::string& out, std::string_view label, const std::optional<std::string>& text) {
  if (!text || text->empty()) return;
  out += "\n  " + std::string(label) + std::string(9 - label.size(), ' ') + clean(*text);
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
  detail(out, "reason", e.reason);
  detail(out, "height", e.height ? std::optional(std::to_string(*e.height)) : std::nullopt);
  detail(out, "block", e.block);
  detail(out, "time", e.time ? std::optional(to_text(*e.time)) : std::nullopt);
  detail(out, "signer", e.signer);
  detail(out, "ledger", e.ledger);
  if (e.data != "{}") detail(out, "data", e.data);
  return out;
}

}  // namespace carechain::cli
