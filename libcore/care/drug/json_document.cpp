#include <algorithm>
#include <map>

#include "libcore/care/drug/tree.hpp"
#include "libcore/encoding/json_events.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

// A JSON text as a Tree.
class Builder : public encoding::JsonEvents {
 public:
  Tree root;

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
    if (open_.size() >= max_tree_depth) refuse("too deep for an EPCIS document");
    open_.push_back(&add(kind, {}));
  }
  std::vector<Tree*> open_;
  string name_;
};

using Context = std::map<string, string, std::less<>>;

// Prefixes that the standard's own context declares.
const Context& standard_context() {
  static const Context context{{"cbv", "https://ref.gs1.org/cbv/"},
                               {"cbvmda", "urn:epcglobal:cbv:mda:"},
                               {"gs1", "https://gs1.org/voc/"},
                               {"epcis", "https://ref.gs1.org/epcis/"},
                               {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
                               {"owl", "http://www.w3.org/2002/07/owl#"},
                               {"xsd", "http://www.w3.org/2001/XMLSchema#"},
                               {"dcterms", "http://purl.org/dc/terms/"}};
  return context;
}

void add_context(const Tree* declared, Context& context) {
  if (declared == nullptr) return;
  if (declared->kind == Tree::Kind::list)
    for (const Tree& part : declared->parts) add_context(&part, context);
  if (declared->kind == Tree::Kind::object)
    for (const Tree& part : declared->parts)
      if (part.kind == Tree::Kind::text) context[part.name] = part.text;
}

// "example:field" as "{https://ns.example.com/}field"; members of the standard, URIs and unknown prefixes stay.
void expand_names(Tree& tree, const Context& context) {
  const std::size_t colon = tree.name.find(':');
  if (colon != string::npos && tree.name.front() != '{') {
    const auto declared = context.find(string_view(tree.name).substr(0, colon));
    if (declared != context.end()) tree.name = "{" + declared->second + "}" + tree.name.substr(colon + 1);
  }
  for (Tree& part : tree.parts) expand_names(part, context);
}

bool is_event(string_view type) { return type.ends_with("Event"); }

void take_event(Tree&& event, Context context, std::vector<Tree>& events) {
  add_context(event.find("@context"), context);
  std::erase_if(event.parts, [](const Tree& part) { return part.name == "@context"; });
  for (Tree& part : event.parts) {
    if (part.name == "isA") part.name = "type";
    expand_names(part, context);
  }
  events.push_back(std::move(event));
}

Tree* member(Tree& tree, string_view name) { return const_cast<Tree*>(tree.find(name)); }

void take_list(Tree* list, const Context& context, std::vector<Tree>& events) {
  if (list == nullptr || list->kind != Tree::Kind::list) throw EpcisFault("there is no eventList");
  for (Tree& event : list->parts) take_event(std::move(event), context, events);
}

}  // namespace

Document read_json_document(std::string_view text) {
  Builder builder;
  try {
    encoding::read_json(text, builder);
  } catch (const encoding::JsonFault& fault) {
    throw EpcisFault(fault.what());
  }
  Tree& root = builder.root;
  Context context = standard_context();
  add_context(root.find("@context"), context);
  Document document;
  document.created = root.text_of("creationDate");
  if (root.kind == Tree::Kind::list) {
    for (Tree& event : root.parts) take_event(std::move(event), context, document.events);
    return document;
  }
  const string_view type = root.text_of("type").empty() ? root.text_of("isA") : root.text_of("type");
  if (is_event(type)) {
    take_event(std::move(root), context, document.events);
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
    take_event(std::move(*single), context, document.events);
  else
    take_list(member(*inner, "eventList"), context, document.events);
  return document;
}

}  // namespace carechain::care::drug
