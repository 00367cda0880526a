#include "libcore/care/gs1/digital_link.hpp"

#include <algorithm>
#include <span>

#include "libcore/care/gs1/dictionary.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string_view;

bool alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string escape(string_view text, bool query) {
  constexpr string_view hex = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    if (alphanumeric(c) || string_view("-._~").find(c) != string_view::npos) {
      escaped += c;
    } else if (query && c == ' ') {
      escaped += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      (escaped += '%') += hex[byte >> 4];
      escaped += hex[byte & 15];
    }
  }
  return escaped;
}

std::string unescape(string_view text, bool query) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool whole =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (whole) {
      plain += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      plain += query && text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::vector<string_view> split(string_view text, char at) {
  std::vector<string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

struct Name {
  string_view name, identifier;
};
constexpr Name convenience[] = {{"gtin", "01"},    {"itip", "8006"},  {"gmn", "8013"}, {"cpid", "8010"},
                                {"shipTo", "410"}, {"billTo", "411"}, {"gln", "414"},  {"payTo", "415"},
                                {"gsrnp", "8017"}, {"gsrn", "8018"},  {"gcn", "255"},  {"sscc", "00"},
                                {"gdti", "253"},   {"ginc", "401"},   {"gsin", "402"}, {"grai", "8003"},
                                {"giai", "8004"},  {"cpv", "22"},     {"lot", "10"},   {"ser", "21"}};

std::string identifier_of(string_view segment, const LinkReading& reading) {
  if (reading.convenience_names) {
    const auto* named = std::ranges::find(convenience, segment, &Name::name);
    if (named != std::end(convenience)) return std::string(named->identifier);
  }
  return std::string(segment);
}

bool shaped_like_identifier(string_view text) { return text.size() >= 2 && text.size() <= 4 && is_digits(text); }

// One of the key's sequences holds these qualifiers, in this order.
bool in_order(const Identifier& key, std::span<const Element> qualifiers) {
  const auto follows = [&](const std::vector<string_view>& sequence) {
    std::size_t at = 0;
    for (const Element& qualifier : qualifiers) {
      while (at < sequence.size() && sequence[at] != qualifier.identifier) ++at;
      if (at++ == sequence.size()) return false;
    }
    return true;
  };
  return qualifiers.empty() || std::ranges::any_of(key.qualifiers, follows);
}

bool is_qualifier(const Identifier& key, string_view identifier) {
  return std::ranges::any_of(
      key.qualifiers, [&](const auto& sequence) { return std::ranges::find(sequence, identifier) != sequence.end(); });
}

void widen_gtin(Element& element, const LinkReading& reading) {
  const std::size_t size = element.value.size();
  if (reading.short_gtins && (element.identifier == "01" || element.identifier == "02") &&
      (size == 8 || size == 12 || size == 13))
    element.value.insert(0, 14 - size, '0');
}

// From the end of the path back to the first key: pairs of AI and value.
Elements read_path(string_view path, const LinkReading& reading) {
  const auto segments = split(path, '/');
  Elements found;
  for (std::size_t end = segments.size(); end >= 2; end -= 2) {
    Element element{identifier_of(segments[end - 2], reading), unescape(segments[end - 1], false)};
    const Identifier* identifier = find_identifier(element.identifier);
    if (identifier == nullptr || element.value.empty()) break;
    widen_gtin(element, reading);
    found.insert(found.begin(), std::move(element));
    if (!identifier->link_key) continue;
    if (!in_order(*identifier, std::span(found).subspan(1)))
      throw Gs1Fault("the qualifiers of (" + found.front().identifier + ") are not in their order");
    return found;
  }
  throw Gs1Fault("the path holds no GS1 key");
}

void read_query(string_view query, Elements& elements, const LinkReading& reading) {
  const Identifier& key = *find_identifier(elements.front().identifier);
  for (const string_view word : split(query, '&')) {
    const std::size_t equals = word.find('=');
    const string_view name = word.substr(0, equals);
    if (equals == string_view::npos || !is_digits(name) || name.empty()) continue;
    Element element{std::string(name), unescape(word.substr(equals + 1), true)};
    const Identifier* identifier = find_identifier(name);
    const bool permitted = identifier != nullptr ? identifier->link_attribute || identifier->link_key
                                                 : reading.unknown_attributes && shaped_like_identifier(name);
    if (!permitted) throw Gs1Fault("(" + element.identifier + ") may not stand in a query");
    if (is_qualifier(key, name)) throw Gs1Fault("(" + element.identifier + ") belongs into the path");
    if (find(elements, name) != nullptr) throw Gs1Fault("(" + element.identifier + ") stands twice");
    widen_gtin(element, reading);
    elements.push_back(std::move(element));
  }
}

bool plain_host(string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return alphanumeric(c) || string_view("-._~:[]").find(c) != string_view::npos;
  });
}

bool plain_uri(string_view uri) {
  return std::ranges::all_of(uri, [](char c) {
    return alphanumeric(c) || string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != string_view::npos;
  });
}

// Behind "http://" or "https://"; empty: it is neither.
string_view behind_scheme(string_view uri) {
  for (const string_view scheme : {"https://", "http://"}) {
    const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + ('a' - 'A') == b); };
    if (uri.size() > scheme.size() && std::ranges::equal(uri.substr(0, scheme.size()), scheme, same))
      return uri.substr(scheme.size());
  }
  return {};
}

Elements without_repeats(const Elements& all) {
  Elements once;
  for (const Element& element : all)
    if (std::ranges::find(once, element) == once.end()) once.push_back(element);
  return once;
}

void require_attribute(const Element& element, const Identifier& key, const LinkReading& reading) {
  const Identifier* identifier = find_identifier(element.identifier);
  const bool permitted = identifier != nullptr ? identifier->link_attribute : reading.unknown_attributes;
  if (!permitted || is_qualifier(key, element.identifier))
    throw Gs1Fault("(" + element.identifier + ") has no place in a Digital Link of (" + std::string(key.first) + ")");
}

}  // namespace

bool looks_like_link(std::string_view uri) { return !behind_scheme(uri).empty(); }

Elements parse_digital_link(std::string_view uri, const LinkReading& reading) {
  if (uri.size() > max_element_string) throw Gs1Fault("the URI is too long");
  string_view rest = behind_scheme(uri);
  if (rest.empty()) throw Gs1Fault("a Digital Link begins with https:// or http://");
  if (!plain_uri(uri)) throw Gs1Fault("the URI holds a character that no URI may hold");
  rest = rest.substr(0, rest.find('#'));
  const std::size_t slash = rest.find('/');
  if (slash == string_view::npos || !plain_host(rest.substr(0, slash)))
    throw Gs1Fault("the URI has no host or no path");
  const std::size_t question = std::min(rest.find('?'), rest.size());
  if (question < slash) throw Gs1Fault("the URI has no path");
  Elements elements = read_path(rest.substr(slash, question - slash), reading);
  if (question < rest.size()) read_query(rest.substr(question + 1), elements, reading);
  for (const Element& element : elements) check_element(element, {reading.unknown_attributes, reading.content});
  return elements;
}

std::string digital_link(const Elements& all, std::string_view stem, const LinkReading& reading) {
  const Elements elements = without_repeats(all);
  const auto is_key = [](const Element& element) {
    const Identifier* identifier = find_identifier(element.identifier);
    return identifier != nullptr && identifier->link_key;
  };
  const auto key = std::ranges::find_if(elements, is_key);
  if (key == elements.end()) throw Gs1Fault("there is no GS1 key among the elements");
  const Identifier& meaning = *find_identifier(key->identifier);
  while (stem.ends_with('/')) stem.remove_suffix(1);
  std::string link = std::string(stem) + '/' + key->identifier + '/' + escape_path(key->value);

  // The sequence that holds most of the elements is the path's; others then stand out of place.
  std::vector<string_view> best;
  for (const auto& sequence : meaning.qualifiers) {
    std::vector<string_view> present;
    std::ranges::copy_if(sequence, std::back_inserter(present),
                         [&](string_view identifier) { return find(elements, identifier) != nullptr; });
    if (present.size() > best.size()) best = present;
  }
  for (const string_view identifier : best)
    (link += '/').append(identifier).append("/").append(escape_path(*find(elements, identifier)));

  char separator = '?';
  for (const bool predefined : {true, false})
    for (const Element& element : elements) {
      const bool placed = &element == &*key || std::ranges::find(best, element.identifier) != best.end();
      const Identifier* identifier = find_identifier(element.identifier);
      if (placed || (identifier != nullptr && identifier->predefined_length) != predefined) continue;
      require_attribute(element, meaning, reading);
      link += separator + element.identifier + '=' + escape_query(element.value);
      separator = '&';
    }
  return link;
}

std::string escape_path(std::string_view text) { return escape(text, false); }
std::string escape_query(std::string_view text) { return escape(text, true); }
std::string unescape_path(std::string_view text) { return unescape(text, false); }
std::string unescape_query(std::string_view text) { return unescape(text, true); }

}  // namespace carechain::care::gs1
