#pragma once
// The hash of an EPCIS event, CBV 2.0 section 8.9: ni:///sha-256;<hex>?ver=CBV2.0 over a text that is the same for
// every way of writing the event. Where the standard's text and its published examples disagree (the order of type and
// value in lists, destinations before sources, the parent before the EPCs), the examples are followed.

#include <string>
#include <string_view>

#include "libcore/base/bytes.hpp"
#include "libcore/care/drug/tree.hpp"

namespace carechain::care::drug {

std::string prehash(const Tree& event);
Hash event_hash(const Tree& event);
std::string ni_uri(const Hash&);  // "ni:///sha-256;…?ver=CBV2.0"

// Milliseconds since 1970 of an instant with an offset or Z; further decimals are rounded, half up. Throws EpcisFault.
std::int64_t milliseconds_of(std::string_view instant);
std::string instant_of(std::int64_t milliseconds);  // "2020-03-04T10:00:30.000Z"
// "https://id.gs1.org/…" of an EPC URN or a Digital Link with any host; anything else as it stands.
std::string canonical_uri(std::string_view);

}  // namespace carechain::care::drug
