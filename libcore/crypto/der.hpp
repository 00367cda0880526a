#pragma once
// The little of DER (X.690) that key files need. Tags of one byte, definite lengths, shortest forms only.

#include <string>

#include "libcore/base/bytes.hpp"

namespace carechain::crypto {

enum class Tag : std::uint8_t {
  integer = 0x02,
  bit_string = 0x03,
  octet_string = 0x04,
  null = 0x05,
  object_identifier = 0x06,
  sequence = 0x30,
  attributes = 0xa0,  // [0] of a private key
  public_key = 0x81,  // [1] of a private key
};

// Reads values one after the other. What is not there as asked for is an Error saying so.
class DerReader {
 public:
  explicit DerReader(ByteView der) : rest_(der) {}
  bool empty() const { return rest_.empty(); }
  bool at(Tag tag) const { return !rest_.empty() && rest_[0] == static_cast<std::uint8_t>(tag); }
  // The contents of the next value, which must have this tag.
  ByteView take(Tag tag);
  DerReader take_sequence() { return DerReader(take(Tag::sequence)); }
  // A non-negative INTEGER below 2^63.
  std::uint64_t take_whole();
  // Nothing may be left.
  void finish() const;

 private:
  ByteView rest_;
};

Bytes der_value(Tag tag, std::initializer_list<ByteView> contents);
Bytes der_whole(std::uint64_t value);

// "1.3.101.112" of the contents of an OBJECT IDENTIFIER, for messages.
std::string dotted(ByteView identifier);

}  // namespace carechain::crypto
