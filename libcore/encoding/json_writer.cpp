#include "libcore/encoding/json.hpp"
#include "libcore/encoding/utf8.hpp"

namespace carechain::encoding {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool must_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escaped(std::string& to, char c) {
  static constexpr std::string_view short_forms = "\"\"\\\\\bb\ff\nn\rr\tt";  // pairs: character, letter
  for (std::size_t i = 0; i < short_forms.size(); i += 2)
    if (short_forms[i] == c) return void(to.append(1, '\\').append(1, short_forms[i + 1]));
  to.append("\\u00").append(1, c < 0x10 ? '0' : '1').append(1, "0123456789abcdef"[c & 0xF]);
}

void append_sound(std::string& to, std::string_view text) {  // well-formed UTF-8
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!must_escape(text[i])) continue;
    to.append(text, plain, i - plain);
    append_escaped(to, text[i]);
    plain = i + 1;
  }
  to.append(text, plain);
}

void append_string(std::string& to, std::string_view text) {
  to += '"';
  while (true) {
    const std::size_t sound = utf8_prefix(view_of(text));
    append_sound(to, text.substr(0, sound));
    text.remove_prefix(sound);
    if (text.empty()) break;
    to += replacement;
    text.remove_prefix(utf8_step(view_of(text)).size);
  }
  to += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (!first_ && !after_key_) text_ += ',';
  first_ = after_key_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  text_ += '{';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  text_ += '}';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  text_ += '[';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  text_ += ']';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_string(text_, name);
  text_ += ':';
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_string(text_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) { return raw(std::to_string(number)); }
JsonWriter& JsonWriter::value(std::int64_t number) { return raw(std::to_string(number)); }
JsonWriter& JsonWriter::value(bool yes) { return raw(yes ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

}  // namespace carechain::encoding
