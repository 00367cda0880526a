#pragma once
// X12 interchanges, segment by segment, in memory for one segment. Separators are those that the ISA segment sets; line
// breaks behind a segment's end are no part of it.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/error.hpp"

namespace carechain::care::claim {

inline constexpr std::size_t max_segment = std::size_t{64} << 10;

// A segment: views into the reader's memory, good until the next one.
struct Segment {
  std::string_view id;
  std::vector<std::string_view> elements;  // [0] is the first behind the id: CLM01 is at(1)
  std::uint64_t number = 0;                // in the stream, from 1
  char component = ':';
  std::string_view at(std::size_t element) const {  // from 1; empty: absent
    return element >= 1 && element <= elements.size() ? elements[element - 1] : std::string_view();
  }
  std::string_view part(std::size_t element, std::size_t component_number) const;  // both from 1
};

class SegmentReader {
 public:
  using Read = std::function<std::size_t(std::span<std::uint8_t>)>;
  SegmentReader(std::string head, Read read) : buffer_(std::move(head)), read_(std::move(read)) {}
  // false: the end. Throws refusal() naming the segment: no ISA in front, a segment over 64 KiB, a stream that ends
  // inside one.
  bool next(Segment&);

 private:
  bool more();
  void begin_interchange();
  bool skip_breaks();

  std::string buffer_;
  Read read_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
  char element_ = '*', component_ = ':', end_ = '~';
};

}  // namespace carechain::care::claim
