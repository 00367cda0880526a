#include "libcore/base/secret.hpp"

#include <doctest/doctest.h>

#include <new>

#include "libcore/base/random.hpp"

using namespace carechain;

namespace {

const Bytes sample(32, 0xA5);

bool all_zero(const std::uint8_t* at, std::size_t size) {
  return std::all_of(at, at + size, [](std::uint8_t b) { return b == 0; });
}

}  // namespace

TEST_CASE("wiping leaves zeros and nothing else changes") {
  Bytes bytes(10, 7);
  wipe(bytes.data() + 2, 5);
  CHECK(bytes == Bytes{7, 7, 0, 0, 0, 0, 0, 7, 7, 7});
}

TEST_CASE("moving a secret wipes the source") {
  SecretKey first{ByteView(sample)};
  SecretKey second(std::move(first));
  CHECK(all_zero(first.data(), 32));
  CHECK(same(second.view(), sample));
  SecretKey third;
  third = std::move(second);
  CHECK(all_zero(second.data(), 32));
  CHECK(same(third.view(), sample));
}

TEST_CASE("moving a secret onto itself keeps it") {
  SecretKey key{ByteView(sample)};
  SecretKey& itself = key;
  key = std::move(itself);
  CHECK(same(key.view(), sample));
}

TEST_CASE("a secret is copied only by name") {
  CHECK_FALSE(std::is_copy_constructible_v<SecretKey>);
  CHECK_FALSE(std::is_copy_assignable_v<SecretKey>);
  const SecretKey key{ByteView(sample)};
  CHECK(same(key.clone().view(), key.view()));
}

TEST_CASE("a secret is wiped when it goes") {
  alignas(SecretKey) std::uint8_t place[sizeof(SecretKey)];
  auto* key = new (place) SecretKey{ByteView(sample)};
  key->~SecretKey();
  CHECK(all_zero(place, sizeof place));
}

TEST_CASE("random bytes come from where the caller says") {
  const Random sevens = [](std::span<std::uint8_t> to) { std::ranges::fill(to, std::uint8_t{7}); };
  CHECK(draw<3>(sevens) == std::array<std::uint8_t, 3>{7, 7, 7});
  CHECK(same(draw_secret(sevens).view(), Bytes(32, 7)));
  CHECK(draw_secret<16>(sevens).view().size() == 16);
}
