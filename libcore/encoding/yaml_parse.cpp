#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_set>

#include "libcore/encoding/utf8.hpp"
#include "libcore/encoding/yaml.hpp"

namespace carechain::encoding {
namespace {

constexpr std::size_t max_depth = 32;
constexpr std::size_t max_size = std::size_t{4} << 20;

using Kind = YamlNode::Kind;

// A tag of the core schema, or none; yaml-cpp says "?" for plain and "!" for quoted.
bool is_core(const std::string& tag, std::initializer_list<std::string_view> names) {
  constexpr std::string_view core = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "?" || tag == "!") return true;
  return tag.starts_with(core) && std::ranges::find(names, tag.substr(core.size())) != names.end();
}

// Builds the tree while yaml-cpp reads; by throwing as soon as a bound is passed it also bounds yaml-cpp's recursion.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(const std::string& file) : file_(file) {}
  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) node(Kind::null, mark).fail("more than one document");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(Kind::null, mark)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    node(Kind::null, mark).fail("aliases are not taken");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    YamlNode scalar = node(Kind::scalar, mark);
    if (!is_core(tag, {"str", "int", "bool", "float", "null"})) scalar.fail("tag '" + tag + "' is not taken");
    scalar.quoted = tag == "!" || tag.ends_with(":str");
    scalar.scalar = value;
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(node(Kind::list, mark), tag, "seq");
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(node(Kind::map, mark), tag, "map");
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;  // of a map, when its value is still to come
    std::unordered_set<std::string> keys;
  };

  YamlNode node(Kind kind, const YAML::Mark& mark) const {
    YamlNode made;
    made.kind = kind;
    made.line = static_cast<std::size_t>(std::max(mark.line, 0)) + 1;
    made.column = static_cast<std::size_t>(std::max(mark.column, 0)) + 1;
    made.file = file_;
    return made;
  }
  void open(YamlNode container, const std::string& tag, std::string_view name) {
    if (!is_core(tag, {name})) container.fail("tag '" + tag + "' is not taken");
    if (open_.size() == max_depth) container.fail("nested deeper than " + std::to_string(max_depth));
    open_.push_back({std::move(container), {}, {}});
  }
  void close() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }
  void add(YamlNode made) {
    if (open_.empty()) {
      root_ = std::move(made);
      return;
    }
    Open& inner = open_.back();
    if (inner.node.kind == Kind::list) {
      inner.node.items.push_back(std::move(made));
    } else if (inner.key) {
      inner.node.entries.push_back({std::move(*inner.key), std::move(made)});
      inner.key.reset();
    } else {
      check_key(inner, made);
      inner.key = std::move(made);
    }
  }
  static void check_key(Open& map, const YamlNode& key) {
    if (key.kind != Kind::scalar) key.fail("a key must be a word");
    if (key.scalar == "<<" && !key.quoted) key.fail("merge keys are not taken");
    if (!map.keys.insert(key.scalar).second) key.fail("duplicate key '" + key.scalar + "'");
  }

  const std::string& file_;
  std::size_t documents_ = 0;
  std::vector<Open> open_;
  YamlNode root_;
};

[[noreturn]] void fail_at(std::string_view text, std::size_t offset, const std::string& file, const std::string& what) {
  const std::string_view before = text.substr(0, offset);
  YamlNode place;
  place.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  place.column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  place.file = file;
  place.fail(what);
}

// What yaml-cpp would take silently, or in its own way: it ends at a byte 4, and guesses UTF-16 from zero bytes.
void check_characters(std::string_view text, const std::string& file) {
  if (text.size() > max_size) fail_at(text, 0, file, "longer than 4 MiB");
  const std::size_t sound = utf8_prefix(view_of(text));
  if (sound != text.size()) fail_at(text, sound, file, "not UTF-8");
  const auto control = std::ranges::find_if(
      text, [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F; });
  if (control != text.end())
    fail_at(text, static_cast<std::size_t>(control - text.begin()), file, "a control character");
}

// The last line closed, if it is not, and an end marker: yaml-cpp takes quotes that are open at the end for closed.
std::string with_end(std::string_view text) {
  return std::string(text) + (text.empty() || text.ends_with('\n') ? "...\n" : "\n...\n");
}

[[noreturn]] void translate(const YAML::Exception& problem, std::string_view text, const std::string& file) {
  YamlNode place;
  place.file = file;
  place.line = static_cast<std::size_t>(std::max(problem.mark.line, 0)) + 1;
  place.column = static_cast<std::size_t>(std::max(problem.mark.column, 0)) + 1;
  const bool at_our_marker = problem.msg == YAML::ErrorMsg::DOC_IN_SCALAR &&
                             place.line > static_cast<std::size_t>(std::ranges::count(text, '\n'));
  place.fail(at_our_marker ? "the text ends within quotes" : problem.msg);
}

}  // namespace

YamlNode parse_yaml(std::string_view text, const std::string& file) {
  check_characters(text, file);
  Builder builder(file);
  try {
    std::istringstream stream(with_end(text));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const YAML::Exception& problem) {
    translate(problem, text, file);
  }
  YamlNode root = builder.take();
  root.file = file;
  root.line = std::max<std::size_t>(root.line, 1);
  root.column = std::max<std::size_t>(root.column, 1);
  return root;
}

}  // namespace carechain::encoding
