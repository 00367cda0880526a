#include "libcore/encoding/json.hpp"
#include "libcore/encoding/json_events.hpp"

namespace carechain::encoding {
namespace {

// Follows a document as far as it is one resource or a bundle: object > "entry" array > object > "resource" object.
class Inspector : public JsonEvents {
 public:
  std::optional<FhirDocument> take() {
    if (!has_type_) return std::nullopt;
    if (document_.type != "Bundle") document_.entries.clear();
    return std::move(document_);
  }

  void begin_object(std::size_t begin) override {
    enter('{');
    if (in_resource()) document_.entries.push_back({{}, begin, 0});
  }
  void end_object(std::size_t end) override {
    if (in_resource()) document_.entries.back().size = end - document_.entries.back().begin;
    leave();
  }
  void begin_array() override { enter('['); }
  void end_array() override { leave(); }
  void key(std::string& name) override {
    if (depth_ <= levels) keys_[depth_ - 1] = known(name);
  }
  void text(std::string& value) override {
    if (in_document() && keys_[0] == Key::type) {
      has_type_ = true;
      document_.type = std::move(value);
    } else if (in_resource() && keys_[3] == Key::type) {
      document_.entries.back().type = std::move(value);
    }
  }

 private:
  static constexpr std::size_t levels = 4;
  enum class Key { other, type, entry, resource };

  static Key known(const std::string& name) {
    if (name == "resourceType") return Key::type;
    if (name == "entry") return Key::entry;
    return name == "resource" ? Key::resource : Key::other;
  }
  void enter(char bracket) {
    if (depth_ < levels) {
      brackets_[depth_] = bracket;
      keys_[depth_] = Key::other;
    }
    ++depth_;
  }
  void leave() { --depth_; }
  bool in_document() const { return depth_ == 1 && brackets_[0] == '{'; }
  bool in_resource() const {  // directly within the object of an entry's resource
    return depth_ == levels && std::string_view(brackets_, levels) == "{[{{" && keys_[0] == Key::entry &&
           keys_[2] == Key::resource;
  }

  FhirDocument document_;
  bool has_type_ = false;
  std::size_t depth_ = 0;
  char brackets_[levels] = {};
  Key keys_[levels] = {};
};

}  // namespace

std::optional<FhirDocument> inspect_fhir(std::string_view text) {
  Inspector inspector;
  read_json(text, inspector);
  return inspector.take();
}

}  // namespace carechain::encoding
