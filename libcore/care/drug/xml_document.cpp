#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <set>

#include "libcore/care/drug/tree.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

string_view local_part(string_view name) {
  const std::size_t colon = name.find(':');
  return colon == string_view::npos ? name : name.substr(colon + 1);
}

// The namespace a prefix stands for here; empty: none.
string namespace_of(pugi::xml_node node, string_view prefix) {
  const string declaration = "xmlns:" + string(prefix);
  for (; node; node = node.parent())
    if (const pugi::xml_attribute found = node.attribute(declaration.c_str())) return found.value();
  return {};
}

// Namespaces of extensions as JSON-LD contexts write them: CBV's master data end in ':'.
string full_name(pugi::xml_node node, string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == string_view::npos) return string(name);
  string space = namespace_of(node, name.substr(0, colon));
  if (space == "urn:epcglobal:cbv:mda") space += ':';
  const bool standard =
      space.starts_with("urn:epcglobal:epcis:xsd:") || space.starts_with("urn:epcglobal:epcis-query:xsd:");
  if (standard) return string(name.substr(colon + 1));
  if (space.empty()) return string(name);
  return "{" + space + "}" + string(name.substr(colon + 1));
}

bool is_declaration(string_view attribute) {
  return attribute == "xmlns" || attribute.starts_with("xmlns:") || attribute.starts_with("xsi:");
}

Tree text_tree(string name, string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == string_view::npos)
    text = {};
  else
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  return {std::move(name), Tree::Kind::text, string(text), {}};
}

struct List {
  string_view name, item;
};
// Lists of texts, and lists of objects.
constexpr List text_lists[] = {{"epcList", "epc"},
                               {"childEPCs", "epc"},
                               {"inputEPCList", "epc"},
                               {"outputEPCList", "epc"},
                               {"set", ""},
                               {"unset", ""},
                               {"correctiveEventIDs", "correctiveEventID"}};
constexpr List object_lists[] = {{"quantityList", "quantityElement"},
                                 {"childQuantityList", "quantityElement"},
                                 {"inputQuantityList", "quantityElement"},
                                 {"outputQuantityList", "quantityElement"},
                                 {"sensorElementList", "sensorElement"}};
constexpr List typed_lists[] = {
    {"bizTransactionList", "bizTransaction"}, {"sourceList", "source"}, {"destinationList", "destination"}};

const List* find_list(const auto& lists, string_view name) {
  const auto* found = std::ranges::find(lists, name, &List::name);
  return found == std::end(lists) ? nullptr : found;
}

Tree tree_of(pugi::xml_node node, unsigned depth);

// Several children of one name become a list, as in JSON.
void add_part(Tree& to, Tree&& part) {
  const auto same = std::ranges::find(to.parts, part.name, &Tree::name);
  if (same == to.parts.end()) {
    to.parts.push_back(std::move(part));
    return;
  }
  if (same->kind != Tree::Kind::list) {
    Tree first = std::move(*same);
    Tree list{first.name, Tree::Kind::list, {}, {}};
    first.name.clear();
    list.parts.push_back(std::move(first));
    *same = std::move(list);
  }
  part.name.clear();
  same->parts.push_back(std::move(part));
}

void add_attributes(Tree& to, pugi::xml_node node) {
  for (const pugi::xml_attribute attribute : node.attributes())
    if (!is_declaration(attribute.name()))
      to.parts.push_back(text_tree(full_name(node, attribute.name()), attribute.value()));
}

// Content of `node` becomes members of `to`; the wrappers of EPCIS 1.2 are taken away.
void add_content(Tree& to, pugi::xml_node node, unsigned depth) {
  if (depth > max_tree_depth) throw EpcisFault("too deep for an EPCIS document");
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const string name = full_name(child, child.name());
    if (name == "extension" || name == "baseExtension")
      add_content(to, child, depth + 1);
    else
      add_part(to, tree_of(child, depth + 1));
  }
}

Tree list_of(pugi::xml_node node, const List& list, unsigned depth, bool typed) {
  Tree made{string(list.name), Tree::Kind::list, {}, {}};
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element || local_part(child.name()) != list.item) continue;
    if (typed) {
      Tree item{{}, Tree::Kind::object, {}, {}};
      if (const auto type = child.attribute("type")) item.parts.push_back(text_tree("type", type.value()));
      item.parts.push_back(text_tree(string(list.item), child.text().get()));
      made.parts.push_back(std::move(item));
    } else {
      Tree item = tree_of(child, depth + 1);
      item.name.clear();
      made.parts.push_back(std::move(item));
    }
  }
  return made;
}

bool has_elements(pugi::xml_node node) {
  return std::ranges::any_of(node.children(), [](pugi::xml_node child) { return child.type() == pugi::node_element; });
}

Tree tree_of(pugi::xml_node node, unsigned depth) {
  if (depth > max_tree_depth) throw EpcisFault("too deep for an EPCIS document");
  const string name = full_name(node, node.name());
  if (const List* list = find_list(typed_lists, name)) return list_of(node, *list, depth, true);
  if (const List* list = find_list(object_lists, name)) return list_of(node, *list, depth, false);
  if (const List* list = find_list(text_lists, name); list != nullptr && !list->item.empty())
    return list_of(node, *list, depth, false);
  if (name == "set" || name == "unset") {
    Tree list{name, Tree::Kind::list, {}, {}};
    list.parts.push_back(text_tree({}, node.text().get()));
    return list;
  }
  Tree made{name, Tree::Kind::object, {}, {}};
  add_attributes(made, node);
  if (!has_elements(node) && made.parts.empty()) return text_tree(std::move(made.name), node.text().get());
  add_content(made, node, depth);
  if (name == "sensorElement") {
    // One report is a list of one.
    for (Tree& part : made.parts) {
      if (part.name != "sensorReport" || part.kind == Tree::Kind::list) continue;
      Tree list{part.name, Tree::Kind::list, {}, {}};
      part.name.clear();
      list.parts.push_back(std::move(part));
      part = std::move(list);
    }
  }
  return made;
}

bool is_event(string_view name) { return name.ends_with("Event"); }

// Several <set> of one persistentDisposition become one list.
void join_dispositions(Tree& event) {
  for (Tree& part : event.parts) {
    if (part.name != "persistentDisposition") continue;
    for (Tree& list : part.parts) {
      std::vector<Tree> flat;
      for (Tree& item : list.parts) {
        if (item.kind == Tree::Kind::list)
          for (Tree& inner : item.parts) flat.push_back(std::move(inner));
        else
          flat.push_back(std::move(item));
      }
      list.parts = std::move(flat);
    }
  }
}

Tree event_of(pugi::xml_node node, const std::set<string>& ignored) {
  Tree event{{}, Tree::Kind::object, {}, {}};
  event.parts.push_back(text_tree("type", local_part(node.name())));
  add_content(event, node, 0);
  std::erase_if(event.parts, [&](const Tree& part) { return ignored.contains(part.name); });
  join_dispositions(event);
  return event;
}

// Names that a document says to leave out: <x:ignoreFields><y:field/></x:ignoreFields>.
std::set<string> ignored_fields(pugi::xml_node root) {
  std::set<string> names;
  for (const pugi::xml_node child : root.children())
    if (local_part(child.name()) == "ignoreFields")
      for (const pugi::xml_node field : child.children()) names.insert(full_name(field, field.name()));
  return names;
}

void take_events(pugi::xml_node list, const std::set<string>& ignored, std::vector<Tree>& events) {
  for (const pugi::xml_node child : list.children()) {
    if (child.type() != pugi::node_element) continue;
    const string_view name = local_part(child.name());
    if (name == "extension")
      take_events(child, ignored, events);
    else
      events.push_back(event_of(child, ignored));
  }
}

pugi::xml_node child_called(pugi::xml_node node, string_view name) {
  for (const pugi::xml_node child : node.children())
    if (local_part(child.name()) == name) return child;
  return {};
}

}  // namespace

Document read_xml_document(std::string_view text) {
  // pugixml reads no external entities and expands none of its own, so nothing grows.
  pugi::xml_document parsed;
  const auto result = parsed.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) throw EpcisFault("this is no XML: byte " + std::to_string(result.offset) + ": " + result.description());
  const pugi::xml_node root = parsed.document_element();
  const string_view name = local_part(root.name());
  Document document;
  document.created = root.attribute("creationDate").value();
  if (is_event(name)) {
    document.events.push_back(event_of(root, {}));
    return document;
  }
  pugi::xml_node body = child_called(root, "EPCISBody");
  if (!body) throw EpcisFault("this is no EPCIS document: it has no EPCISBody");
  if (const auto results = child_called(body, "QueryResults")) body = child_called(results, "resultsBody");
  if (child_called(body, "Poll")) throw EpcisFault("this is a query: it holds no events");
  const pugi::xml_node list = child_called(body, "EventList");
  if (!list) throw EpcisFault("there is no EventList");
  take_events(list, ignored_fields(root), document.events);
  return document;
}

}  // namespace carechain::care::drug
