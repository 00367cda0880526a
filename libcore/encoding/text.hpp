#pragma once
// Bytes as text: hexadecimal, base64, base58, did:key. Every decoder accepts exactly what its encoder writes.

#include <optional>
#include <string>
#include <string_view>

#include "libcore/base/bytes.hpp"

namespace carechain::encoding {

std::string hex(ByteView);                         // lower case, two digits a byte
std::optional<Bytes> parse_hex(std::string_view);  // either case; nullopt: odd length or another character

std::string base64url(ByteView);                         // RFC 4648 section 5, without padding
std::optional<Bytes> parse_base64url(std::string_view);  // no padding, unused bits zero
std::string base64(ByteView);                            // RFC 4648 section 4, with padding
std::optional<Bytes> parse_base64(std::string_view);     // padding required, unused bits zero

std::string base58(ByteView);                         // Bitcoin's alphabet (base58btc)
std::optional<Bytes> parse_base58(std::string_view);  // at most 256 characters, since it takes quadratic time

// did:key of an Ed25519 public key: "did:key:z" + base58btc(0xED 0x01 + key), W3C did:key method.
std::string did_key(const PublicKey&);
// nullopt: another method, multibase or codec, or not 32 bytes. Whether the bytes are a sound point is for
// crypto::sound_public_key to say.
std::optional<PublicKey> parse_did_key(std::string_view);

bool is_utf8(ByteView);  // well-formed by Unicode table 3-7: no surrogates, nothing overlong, at most U+10FFFF

}  // namespace carechain::encoding
