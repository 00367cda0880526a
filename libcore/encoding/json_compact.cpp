#include "libcore/encoding/json.hpp"

namespace carechain::encoding {

std::string compact_json(std::string_view text) {
  find_top_level_string(text, {});  // checks that it is JSON and an object
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string compact;
  compact.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    compact += c;
    if (c == '"') quoted = !quoted;
    if (c == '\\') compact += text[++i];  // only inside a string, where another character follows
  }
  return compact;
}

}  // namespace carechain::encoding
