#include "libcore/care/trial/exposure.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

using namespace carechain;
using namespace carechain::care::trial;

// The slow, obvious way.
double below(double mean, unsigned x) {
  double sum = 0;
  for (unsigned j = 0; j < x; ++j) sum += std::exp(j * std::log(mean) - mean - std::lgamma(j + 1.0));
  return sum;
}

}  // namespace

TEST_CASE("the tail of a Poisson distribution") {
  CHECK(poisson_tail({6, 1}, 10, 10) == "0.0839240170");
  CHECK(poisson_tail({6, 1}, 11, 10) == "0.0426209236");  // 0.04262092359…
  CHECK(poisson_tail({6, 1}, 12, 10) == "0.0200919635");
  CHECK(poisson_tail({6, 1}, 0, 3) == "1.000");
}

TEST_CASE("events by exposure are compared exactly with what is allowed") {
  CHECK(compare_poisson({6, 1}, 10, {95, 100}) < 0);
  CHECK(compare_poisson({6, 1}, 11, {95, 100}) > 0);
  CHECK(compare_poisson({6, 1}, 11, {95737, 100000}) > 0);  // 1 - 0.04262092…
  CHECK(compare_poisson({6, 1}, 11, {95738, 100000}) < 0);
}

TEST_CASE("the certainty that a rate by exposure is too high, with a gamma prior") {
  // Gamma(1, 2 years), 11 events in 12 years, acceptable 1/2 a year: 0.9466503768
  CHECK(compare_poisson({14, 2}, 12, {9466, 10000}) > 0);
  CHECK(compare_poisson({14, 2}, 12, {9467, 10000}) < 0);
  BoundaryRule rule;
  rule.method = Method::gamma_poisson;
  rule.subjects = 12;
  rule.rate = {1, 2};
  rule.alpha = {94, 100};
  rule.prior_b = 2;
  CHECK(boundary_of(rule).limits.back() == 11);
  rule.alpha = {95, 100};
  CHECK(boundary_of(rule).limits.back() == 12);
}

TEST_CASE("two arms are compared by how their events divide") {
  const Fraction tail = binomial_tail(11, 9, {1, 2});
  CHECK(crypto::decimal_fraction(tail.numerator, tail.denominator, 10) == "0.0327148438");
}

TEST_CASE("every entry of a table by exposure is the smallest that the tail allows") {
  BoundaryRule rule;
  rule.method = Method::poisson;
  rule.subjects = 60;
  rule.rate = {3, 10};
  rule.alpha = {1, 20};
  const Limits limits = boundary_of(rule).limits;
  for (unsigned units = 1; units <= 60; ++units) {
    unsigned expected = 1;
    while (1 - below(0.3 * units, expected) > 0.05) ++expected;
    CHECK(limits[units - 1] == expected);
  }
}
