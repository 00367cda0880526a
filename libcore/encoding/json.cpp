#include "libcore/encoding/json.hpp"

#include "libcore/encoding/json_events.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::encoding {
namespace {

class TreeBuilder : public JsonEvents {
 public:
  explicit TreeBuilder(bool keep_decimals) : keep_decimals_(keep_decimals) {}
  Value take() { return std::move(root_); }

  void begin_object(std::size_t) override { open_.push_back({Map{}, {}}); }
  void begin_array() override { open_.push_back({Array{}, {}}); }
  void end_object(std::size_t) override { close(); }
  void end_array() override { close(); }
  void key(std::string& name) override { open_.back().key = std::move(name); }
  void text(std::string& value) override { add(std::move(value)); }
  void whole(std::uint64_t value) override { add(value); }
  void negative(std::int64_t value) override { add(value); }
  void boolean(bool value) override { add(value); }
  void null() override { add(nullptr); }
  void decimal(const std::string& written) override {
    if (!keep_decimals_) refuse("only integers of 64 bits are taken here, found " + written.substr(0, 80));
    add(written);
  }

 private:
  struct Open {
    Value container;
    std::string key;  // the latest, if it is a map
  };
  void close() {
    Value done = std::move(open_.back().container);
    open_.pop_back();
    add(std::move(done));
  }
  void add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Map* map = std::get_if<Map>(&open_.back().container)) {
      map->emplace_back(std::move(open_.back().key), std::move(value));
    } else {
      std::get<Array>(open_.back().container).push_back(std::move(value));
    }
  }

  bool keep_decimals_;
  std::vector<Open> open_;
  Value root_;
};

class StringFinder : public JsonEvents {
 public:
  explicit StringFinder(std::string_view wanted) : wanted_(wanted) {}
  std::optional<std::string> take() { return std::move(found_); }

  void begin_object(std::size_t) override { ++depth_; }
  void end_object(std::size_t) override { --depth_; }
  void begin_array() override { ++depth_; }
  void end_array() override { --depth_; }
  void key(std::string& name) override { here_ = depth_ == 1 && name == wanted_; }
  void text(std::string& value) override {
    if (here_ && depth_ == 1) found_ = std::move(value);
  }

 private:
  std::string_view wanted_;
  std::optional<std::string> found_;
  std::size_t depth_ = 0;
  bool here_ = false;  // the latest key was the wanted one
};

struct Showing {
  JsonWriter& to;
  void operator()(std::nullptr_t) const { to.null(); }
  void operator()(const Bytes& value) const { to.value(hex(value)); }
  void operator()(const Array& array) const {
    to.begin_array();
    for (const Value& item : array) std::visit(*this, item);
    to.end_array();
  }
  void operator()(const Map& map) const {
    to.begin_object();
    for (const auto& [key, value] : map) {
      to.key(key);
      std::visit(*this, value);
    }
    to.end_object();
  }
  void operator()(const auto& scalar) const { to.value(scalar); }
};

}  // namespace

std::string to_json(const Value& value) {
  JsonWriter to;
  std::visit(Showing{to}, value);
  return to.take();
}

Value parse_json(std::string_view text, bool keep_decimals) {
  TreeBuilder builder(keep_decimals);
  read_json(text, builder);
  return builder.take();
}

std::optional<std::string> find_top_level_string(std::string_view text, std::string_view key) {
  StringFinder finder(key);
  read_json(text, finder);
  return finder.take();
}

}  // namespace carechain::encoding
