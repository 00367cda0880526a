#include "libcore/care/drug/json_document.hpp"

#include <algorithm>

#include "libcore/care/drug/event_list.hpp"
#include "libcore/encoding/json_events.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

// A JSON text as a Tree.
class Builder : public encoding::JsonEvents {
 public:
  Tree root;
  explicit Builder(std::size_t depth = 0) : depth_(depth) {}  // of what the text is inside of

  void begin_object(std::size_t) override { open(Tree::Kind::object); }
  void end_object(std::size_t) override { open_.pop_back(); }
  void begin_array() override { open(Tree::Kind::list); }
  void end_array() override { open_.pop_back(); }
  void key(string& name) override { name_ = std::move(name); }
  void text(string& value) override { add(Tree::Kind::text, std::move(value)); }
  void whole(std::uint64_t value) override { add(Tree::Kind::number, std::to_string(value)); }
  void negative(std::int64_t value) override { add(Tree::Kind::number, std::to_string(value)); }
  void decimal(const string& written) override { add(Tree::Kind::number, written); }
  void boolean(bool value) override { add(Tree::Kind::truth, value ? "true" : "false"); }
  void null() override { add(Tree::Kind::nothing, {}); }

 private:
  Tree& add(Tree::Kind kind, string value) {
    Tree* made = &root;
    if (!open_.empty()) made = &open_.back()->parts.emplace_back();
    made->kind = kind;
    made->text = std::move(value);
    if (!open_.empty() && open_.back()->kind == Tree::Kind::object) made->name = std::move(name_);
    return *made;
  }
  // Pointers into the tree stay good: a container's own list grows only while it is the last one open.
  void open(Tree::Kind kind) {
    if (depth_ + open_.size() >= max_tree_depth) refuse("too deep for an EPCIS document");
    open_.push_back(&add(kind, {}));
  }
  std::size_t depth_;
  std::vector<Tree*> open_;
  string name_;
};

Tree read_tree(string_view text, std::size_t depth = 0) {
  Builder builder(depth);
  try {
    encoding::read_json(text, builder);
  } catch (const encoding::JsonFault& fault) {
    throw EpcisFault(fault.what());
  }
  return std::move(builder.root);
}

using JsonContext = JsonEventTexts::Context;

// Prefixes that the standard's own context declares.
const JsonContext& standard_context() {
  static const JsonContext context{{"cbv", "https://ref.gs1.org/cbv/"},
                                   {"cbvmda", "urn:epcglobal:cbv:mda:"},
                                   {"gs1", "https://gs1.org/voc/"},
                                   {"epcis", "https://ref.gs1.org/epcis/"},
                                   {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
                                   {"owl", "http://www.w3.org/2002/07/owl#"},
                                   {"xsd", "http://www.w3.org/2001/XMLSchema#"},
                                   {"dcterms", "http://purl.org/dc/terms/"}};
  return context;
}

void add_context(const Tree* declared, JsonContext& context) {
  if (declared == nullptr) return;
  if (declared->kind == Tree::Kind::list)
    for (const Tree& part : declared->parts) add_context(&part, context);
  if (declared->kind == Tree::Kind::object)
    for (const Tree& part : declared->parts)
      if (part.kind == Tree::Kind::text) context[part.name] = part.text;
}

// "example:field" as "{https://ns.example.com/}field"; members of the standard, URIs and unknown prefixes stay.
void expand_names(Tree& tree, const JsonContext& context) {
  const std::size_t colon = tree.name.find(':');
  if (colon != string::npos && tree.name.front() != '{') {
    const auto declared = context.find(string_view(tree.name).substr(0, colon));
    if (declared != context.end()) tree.name = "{" + declared->second + "}" + tree.name.substr(colon + 1);
  }
  for (Tree& part : tree.parts) expand_names(part, context);
}

bool is_event(string_view type) { return type.ends_with("Event"); }

Tree expanded(Tree&& event, const JsonContext& of_document) {
  const Tree* own = event.find("@context");
  JsonContext with_own;
  if (own != nullptr) add_context(own, with_own = of_document);
  const JsonContext& context = own != nullptr ? with_own : of_document;
  if (own != nullptr) std::erase_if(event.parts, [](const Tree& part) { return part.name == "@context"; });
  for (Tree& part : event.parts) {
    if (part.name == "isA") part.name = "type";
    expand_names(part, context);
  }
  return std::move(event);
}

Tree* member(Tree& tree, string_view name) {
  return const_cast<Tree*>(tree.find(name));  // NOLINT: the tree is not const, so its members are not
}

}  // namespace

namespace {

// The events as they stand, and in which context; names are not expanded yet.
struct RawDocument {
  std::vector<Tree> events;
  JsonContext context;
  string created;
};

void take_raw(Tree* list, RawDocument& document) {
  if (list == nullptr || list->kind != Tree::Kind::list) throw EpcisFault("there is no eventList");
  document.events = std::move(list->parts);
}

RawDocument read_raw(string_view text) {
  Tree root = read_tree(text);
  RawDocument document{{}, standard_context(), {}};
  add_context(root.find("@context"), document.context);
  document.created = root.text_of("creationDate");
  if (root.kind == Tree::Kind::list) {
    document.events = std::move(root.parts);
    return document;
  }
  const string_view type = root.text_of("type").empty() ? root.text_of("isA") : root.text_of("type");
  if (is_event(type)) {
    document.events.push_back(std::move(root));
    return document;
  }
  Tree* body = member(root, "epcisBody");
  if (body == nullptr) body = member(root, "EPCISBody");
  if (body == nullptr)
    throw EpcisFault(root.find("eventType") != nullptr || root.find("query") != nullptr
                         ? "this is a query: it holds no events"
                         : "this is no EPCIS document: it has no epcisBody");
  Tree* results = member(*body, "queryResults");
  Tree* inner = results == nullptr ? body : member(*results, "resultsBody");
  if (inner == nullptr) throw EpcisFault("the query results have no resultsBody");
  if (Tree* single = member(*inner, "event"); single != nullptr && inner->find("eventList") == nullptr)
    document.events.push_back(std::move(*single));
  else
    take_raw(member(*inner, "eventList"), document);
  return document;
}

}  // namespace

Document read_json_document(std::string_view text) {
  RawDocument raw = read_raw(text);
  Document document{{}, std::move(raw.created)};
  document.events.reserve(raw.events.size());
  for (Tree& event : raw.events) document.events.push_back(expanded(std::move(event), raw.context));
  return document;
}

std::optional<JsonEventTexts> split_json_document(std::string_view text) {
  auto list = find_event_list(text);
  if (!list || list->parts.empty()) return std::nullopt;
  // The document with one event in the list's place: read as any other, it says what surrounds the events.
  constexpr string_view stand_in = R"({"type":"ThisVeryEvent"})";
  const string around = string(text.substr(0, list->begin)) + string(stand_in) + string(text.substr(list->end));
  try {
    RawDocument raw = read_raw(around);
    if (raw.events.size() != 1 || raw.events.front().text_of("type") != "ThisVeryEvent") return std::nullopt;
    return JsonEventTexts{std::move(list->parts), std::move(raw.context), std::move(raw.created), list->depth};
  } catch (const EpcisFault&) {
    return std::nullopt;
  }
}

Tree read_json_event(const JsonEventTexts& document, std::size_t number) {
  return expanded(read_tree(document.events[number], document.depth), document.context);
}

}  // namespace carechain::care::drug
