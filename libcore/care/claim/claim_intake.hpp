#pragma once
// Claims from a stream of whatever kind: FHIR (one document, or JSON lines) or X12 837, told apart by their beginning.

#include <functional>
#include <span>

#include "libcore/care/claim/claim_source.hpp"

namespace carechain::care::claim {

// Fills the buffer and says how much came; 0: the end.
using ReadBytes = std::function<std::size_t(std::span<std::uint8_t>)>;
using TakeClaim = std::function<void(SourceResult&&)>;

// Gives each claim, or the reason why there is none, as it comes; JSON lines and X12 take memory for one claim at a
// time, a document that fills several lines is read whole (up to 256 MiB). Throws refusal() when the stream is neither.
void read_claims(const ReadBytes&, const Names&, const TakeClaim&);

// X12 837 (004010 or 005010, professional and institutional), separators as the ISA segment sets them. `head` was read
// from the stream already.
void read_x12_claims(std::string head, const ReadBytes&, const Names&, const TakeClaim&);

}  // namespace carechain::care::claim
