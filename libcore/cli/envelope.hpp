#pragma once
// The one shape of every JSON line that programs print and pass to one another.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libcore/base/time.hpp"

namespace carechain::cli {

// Every key is always there, in this order; what is absent is null, `ids` then is [].
struct Envelope {
  std::string type;                          // "access.grant", "block", …
  std::optional<std::string> id = {};        // "TX.0": the first thing made
  std::vector<std::string> ids = {};         // all of them
  std::optional<std::string> tx = {};        // transaction id, hex
  std::optional<std::string> status = {};    // pending, sealed, dropped, provisional
  std::optional<std::uint64_t> height = {};  // of the block it is in
  std::optional<std::string> block = {};     // that block's hash, hex
  std::optional<Time> time = {};
  std::optional<std::string> signer = {};  // did:key
  std::optional<std::string> ledger = {};  // ledger id, hex
  std::optional<std::string> reason = {};  // why dropped or refused
  std::string data = "{}";                 // JSON, as it stands: the decoded view for people and jq
  std::optional<std::string> cose = {};    // base64url; the only part that is read back
};

// {"v":1,"type":…,"id":…,"ids":…,"tx":…,"status":…,"height":…,"block":…,"time":…,"signer":…,"ledger":…,"reason":…,
// "data":…,"cose":…}, without a newline.
std::string to_json(const Envelope&);

// For people: a line with type, status and id, then an indented line for each thing that is known, without cose.
std::string to_text(const Envelope&);

}  // namespace carechain::cli
