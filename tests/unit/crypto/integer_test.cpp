#include "libcore/crypto/integer.hpp"

#include <doctest/doctest.h>

using namespace carechain::crypto;

TEST_CASE("numbers of any length are added, multiplied, divided and compared") {
  Integer product = 1;
  for (unsigned i = 1; i <= 25; ++i) product *= i;
  CHECK(product.decimal() == "15511210043330985984000000");  // 25!
  const Integer other = power(2, 100) * power(3, 70);
  CHECK(product * other == other * product);
  CHECK(product + other - product == other);
  CHECK(product * other / other == product);
  CHECK((product * other + (other - 1)) / other == product);
  CHECK(power(10, 30) > power(10, 29));
  CHECK(power(2, 64) * power(2, 64) == power(2, 128));
  CHECK((power(2, 64) + 7).low_word() == 7);
  CHECK(Integer(UINT64_MAX).decimal() == "18446744073709551615");
}

TEST_CASE("a copy is its own number") {
  Integer one = 1;
  Integer copy = one;
  copy += 1;
  CHECK(one == 1);
  one = copy;
  copy += 1;
  CHECK(one == 2);
}

TEST_CASE("a fraction is rounded half away from zero") {
  CHECK(decimal_fraction(1, 3, 5) == "0.33333");
  CHECK(decimal_fraction(2, 3, 5) == "0.66667");
  CHECK(decimal_fraction(1, 8, 2) == "0.13");
  CHECK(decimal_fraction(25, 2, 0) == "13");
  CHECK(decimal_fraction(0, 7, 3) == "0.000");
  CHECK(decimal_fraction(999, 1000, 2) == "1.00");
}
