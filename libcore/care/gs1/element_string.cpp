#include "libcore/care/gs1/element_string.hpp"

#include <algorithm>

#include "libcore/care/gs1/dictionary.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string_view;

std::string named(string_view identifier) { return "(" + std::string(identifier) + ")"; }

string_view linter_of(Characters characters) {
  switch (characters) {
    case Characters::digits:
      return "csetnumeric";
    case Characters::cset82:
      return "cset82";
    case Characters::cset39:
      return "cset39";
    case Characters::cset64:
      return "cset64";
  }
  return "cset82";
}

void check_length(const Element& element, std::size_t least, std::size_t most) {
  if (element.value.size() >= least && element.value.size() <= most) return;
  throw Gs1Fault(named(element.identifier) + " has " + std::to_string(element.value.size()) +
                 " characters instead of " +
                 (least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most)));
}

void require(string_view linter, string_view part, const Element& element) {
  if (const auto fault = lint(linter, part))
    throw Gs1Fault(named(element.identifier) + " '" + element.value + "': " + std::string(fault->code));
}

void check_components(const Element& element, const Identifier& identifier, bool content) {
  string_view rest = element.value;
  for (const Component& component : identifier.components) {
    if (component.optional && rest.empty()) break;
    const string_view part = rest.substr(0, component.most);
    if (part.size() < component.least) throw Gs1Fault(named(element.identifier) + " is too short");
    require(linter_of(component.characters), part, element);
    if (content)
      for (const string_view linter : component.linters) require(linter, part, element);
    rest.remove_prefix(part.size());
  }
  if (!rest.empty()) throw Gs1Fault(named(element.identifier) + " is too long");
}

// The AI at the start and its data; both are taken off.
Element take_element(string_view& text, const Reading& reading) {
  std::size_t digits = 0;
  const Identifier* identifier = identifier_at_start(text, digits);
  if (identifier == nullptr && (!reading.unknown || text.size() < 2 || !is_digits(text.substr(0, 2))))
    throw Gs1Fault("'" + std::string(text.substr(0, 4)) + "' begins with no known application identifier");
  if (identifier == nullptr) digits = 2;
  Element element{std::string(text.substr(0, digits)), {}};
  text.remove_prefix(digits);
  const bool fixed = identifier != nullptr && identifier->predefined_length;
  const std::size_t end = std::min(text.find(fnc1), text.size());
  element.value = text.substr(0, fixed ? std::min(end, identifier->most) : end);
  text.remove_prefix(element.value.size());
  if (!text.empty() && text.front() == fnc1) text.remove_prefix(1);
  return element;
}

bool has_match(const Elements& elements, string_view pattern, string_view but_not = {}) {
  return std::ranges::any_of(elements, [&](const Element& element) {
    return element.identifier != but_not && matches(element.identifier, pattern);
  });
}

}  // namespace

void check_element(const Element& element, const Reading& reading) {
  if (const Identifier* identifier = find_identifier(element.identifier)) {
    check_length(element, identifier->least, identifier->most);
    check_components(element, *identifier, reading.content);
    return;
  }
  const bool shaped = element.identifier.size() >= 2 && element.identifier.size() <= 4 && is_digits(element.identifier);
  if (!reading.unknown || !shaped) throw Gs1Fault(named(element.identifier) + " is no known application identifier");
  check_length(element, 1, 90);
  require("cset82", element.value, element);
}

Elements parse_element_string(std::string_view text, const Reading& reading) {
  if (text.empty()) throw Gs1Fault("the element string is empty");
  if (text.size() > max_element_string) throw Gs1Fault("the element string is longer than any label");
  Elements elements;
  while (!text.empty()) {
    elements.push_back(take_element(text, reading));
    check_element(elements.back(), reading);
  }
  return elements;
}

Elements parse_bracketed(std::string_view text, const Reading& reading) {
  if (!text.starts_with('(')) throw Gs1Fault("an element string in brackets begins with '('");
  if (text.size() > max_element_string) throw Gs1Fault("the element string is longer than any label");
  Elements elements;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t close = text.find(')', at);
    if (close == string_view::npos) throw Gs1Fault("a bracket is not closed");
    Element element{std::string(text.substr(at + 1, close - at - 1)), {}};
    for (at = close + 1; at < text.size() && text[at] != '('; ++at) {
      if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '(') ++at;
      element.value += text[at];
    }
    check_element(element, reading);
    elements.push_back(std::move(element));
  }
  return elements;
}

std::string element_string(const Elements& elements) {
  std::string text;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    text += elements[i].identifier + elements[i].value;
    const Identifier* identifier = find_identifier(elements[i].identifier);
    const bool fixed = identifier != nullptr && identifier->predefined_length;
    if (!fixed && i + 1 < elements.size()) text += fnc1;
  }
  return text;
}

std::string bracketed(const Elements& elements) {
  std::string text;
  for (const Element& element : elements) {
    text += named(element.identifier);
    for (const char c : element.value) {
      if (c == '(') text += '\\';
      text += c;
    }
  }
  return text;
}

const std::string* find(const Elements& elements, std::string_view identifier) {
  const auto found = std::ranges::find(elements, identifier, &Element::identifier);
  return found == elements.end() ? nullptr : &found->value;
}

std::optional<std::string> repeat_fault(const Elements& elements) {
  for (const Element& element : elements)
    if (*find(elements, element.identifier) != element.value)
      return named(element.identifier) + " stands twice with different values";
  return std::nullopt;
}

std::optional<std::string> exclusion_fault(const Elements& elements) {
  for (const Element& element : elements) {
    const Identifier* identifier = find_identifier(element.identifier);
    if (identifier == nullptr) continue;
    for (const string_view pattern : identifier->excluded)
      if (has_match(elements, pattern, element.identifier))
        return named(element.identifier) + " and " + named(pattern) + " exclude each other";
  }
  return std::nullopt;
}

std::optional<std::string> requisite_fault(const Elements& elements) {
  for (const Element& element : elements) {
    const Identifier* identifier = find_identifier(element.identifier);
    if (identifier == nullptr) continue;
    for (const auto& alternatives : identifier->required) {
      const auto holds = [&](const std::vector<string_view>& group) {
        return std::ranges::all_of(group, [&](string_view pattern) { return has_match(elements, pattern); });
      };
      if (!std::ranges::any_of(alternatives, holds))
        return named(element.identifier) + " needs " + named(alternatives.front().front()) + " beside it";
    }
  }
  return std::nullopt;
}

std::optional<std::string> signature_fault(const Elements& elements) {
  if (find(elements, "8030") == nullptr) return std::nullopt;
  constexpr std::pair<string_view, std::size_t> unserialised[] = {{"253", 13}, {"255", 13}, {"8003", 14}};
  for (const auto& [identifier, size] : unserialised) {
    const std::string* value = find(elements, identifier);
    if (value != nullptr && value->size() <= size) return named(identifier) + " with (8030) needs its serial part";
  }
  return std::nullopt;
}

std::optional<std::string> association_fault(const Elements& elements) {
  for (const auto rule : {repeat_fault, exclusion_fault, requisite_fault, signature_fault})
    if (auto fault = rule(elements)) return fault;
  return std::nullopt;
}

}  // namespace carechain::care::gs1
