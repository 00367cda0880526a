#pragma once
// JSON as a stream of events: strict (RFC 8259, UTF-8, no duplicate keys, depth <= json_max_depth), without a tree.

#include <cstdint>
#include <string>
#include <string_view>

#include "libcore/encoding/json.hpp"

namespace carechain::encoding {

inline constexpr std::size_t json_max_depth = 64;

// Told of a document's parts in their order. Offsets are bytes from the beginning of the text.
class JsonEvents {
 public:
  virtual ~JsonEvents() = default;
  virtual void begin_object(std::size_t /*begin: of its '{'*/) {}
  virtual void end_object(std::size_t /*end: behind its '}'*/) {}
  virtual void begin_array() {}
  virtual void end_array() {}
  virtual void key(std::string&) {}  // may be moved from, as may text
  virtual void text(std::string&) {}
  virtual void whole(std::uint64_t) {}
  virtual void negative(std::int64_t) {}
  virtual void decimal(const std::string& /*as written*/) {}  // a fraction, an exponent, or outside int64 and uint64
  virtual void boolean(bool) {}
  virtual void null() {}

  // Refuses the document at the place reached.
  [[noreturn]] void refuse(const std::string& reason) const;

 private:
  friend void read_json(std::string_view, JsonEvents&);
  std::string_view text_;
  const char* reached_ = nullptr;
};

// Reads exactly one value. Throws JsonFault, and what the events throw.
void read_json(std::string_view text, JsonEvents&);

}  // namespace carechain::encoding
