#pragma once
// Reading published vectors.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "libcore/base/random.hpp"
#include "libcore/crypto/system_random.hpp"

namespace carechain::test {

inline Bytes from_hex(std::string_view text) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

inline std::string to_hex(ByteView bytes) {
  std::string text;
  for (std::uint8_t b : bytes) {
    text += "0123456789abcdef"[b >> 4];
    text += "0123456789abcdef"[b & 15];
  }
  return text;
}

template <class Fixed>
Fixed fixed(std::string_view hex) {
  return Fixed(from_hex(hex));
}

inline std::filesystem::path shared(std::string_view name) {
  return std::filesystem::path(TEST_SHARED_DATA) / "crypto" / name;
}

// nullopt, with a message, when the vectors are not at hand.
inline std::optional<nlohmann::json> vectors(std::string_view name) {
  std::ifstream file(shared(name));
  if (file) return nlohmann::json::parse(file);
  MESSAGE("skipped, there is no ", shared(name).string());
  return std::nullopt;
}

inline Bytes hex_field(const nlohmann::json& object, const char* name) {
  return from_hex(object.at(name).get<std::string>());
}

// A Random that repeats: the keystream of a seed, anew at each call with another seed.
inline Random repeatable(std::uint8_t seed) {
  return [seed, calls = std::uint8_t{0}](std::span<std::uint8_t> out) mutable {
    std::array<std::uint8_t, 32> key{};
    key[0] = seed;
    key[1] = ++calls;
    crypto::keystream(key, out);
  };
}

}  // namespace carechain::test
