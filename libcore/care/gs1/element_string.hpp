#pragma once
// GS1 element strings: application identifiers and their data, as scanners send them and as people write them
// (GS1 General Specifications 7.8). FNC1 is the byte GS (0x1D) here, as scanners transmit it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/error.hpp"

namespace carechain::care::gs1 {

inline constexpr char fnc1 = 0x1d;
inline constexpr std::size_t max_element_string = 4096;

// What makes text unacceptable. exit() is Exit::no.
class Gs1Fault : public Error {
 public:
  explicit Gs1Fault(const std::string& what, const std::string& hint = {}) : Error(what, hint, Exit::no) {}
};

struct Element {
  std::string identifier;  // "01"
  std::string value;       // without escapes
  friend bool operator==(const Element&, const Element&) = default;
};
using Elements = std::vector<Element>;

struct Reading {
  bool unknown = false;  // unknown AIs are taken, with up to 90 characters of CSET 82
  bool content = true;   // also what the dictionary's linters say: check digits, dates, codes
};

// "01…21…<GS>10…" without a leading FNC1; one behind data of predefined length or at the end is allowed. Throws
// Gs1Fault.
Elements parse_element_string(std::string_view, const Reading& = {});
// "(01)…(21)…"; "\(" is a bracket that is data. Throws Gs1Fault.
Elements parse_bracketed(std::string_view, const Reading& = {});
// Throws Gs1Fault naming the AI: unknown, wrong length or characters, and with `content` what a linter finds.
void check_element(const Element&, const Reading& = {});

std::string element_string(const Elements&);  // FNC1 only where it must be
std::string bracketed(const Elements&);

const std::string* find(const Elements&, std::string_view identifier);  // nullptr: not there

// Which rule of association the elements break, in words; nullopt: none. They are judged together, as one item's.
std::optional<std::string> repeat_fault(const Elements&);       // one AI with two values
std::optional<std::string> exclusion_fault(const Elements&);    // two AIs that exclude each other
std::optional<std::string> requisite_fault(const Elements&);    // an AI without the one it needs
std::optional<std::string> signature_fault(const Elements&);    // a digital signature of a key without its serial part
std::optional<std::string> association_fault(const Elements&);  // the first of all these

}  // namespace carechain::care::gs1
