#pragma once
// The part of a constitution about jurisdictions, retention, legal holds and challenges.

#include "libcore/ledger/constitution.hpp"

namespace carechain::ledger {

inline constexpr std::uint64_t max_challenge_seconds = 300;

bool is_jurisdiction_code(std::string_view);  // [A-Z][A-Z0-9-]*, at most 16 characters

Privacy read_privacy(const encoding::YamlNode&, const KeyByName&);     // throws YamlFault
PublicKey read_account(const encoding::YamlNode&, const KeyByName&);   // a did:key or a key's name
PublicKey read_key_item(const encoding::YamlNode&, const KeyByName&);  // the same, or {key: NAME}
std::optional<std::string> privacy_fault(const Constitution&);

}  // namespace carechain::ledger
