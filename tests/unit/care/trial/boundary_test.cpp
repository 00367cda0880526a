#include "libcore/care/trial/boundary.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

using namespace carechain;
using namespace carechain::care::trial;

std::string text_of(const Fraction& fraction) {
  return crypto::decimal_fraction(fraction.numerator, fraction.denominator, 10);
}
std::string text_of(const Boundary& boundary, unsigned decimals) {
  return crypto::decimal_fraction(boundary.stops, boundary.of, decimals);
}

BoundaryRule rule_of(Method method, std::uint32_t subjects, Ratio alpha) {
  BoundaryRule rule;
  rule.method = method;
  rule.subjects = subjects;
  rule.rate = {1, 5};
  rule.alpha = alpha;
  rule.prior_b = 4;
  return rule;
}

// The slow, obvious way, with floating point: good to many more digits than the decisions below are close.
double tail(unsigned n, unsigned x, double p) {
  double sum = 0;
  for (unsigned j = x; j <= n; ++j) {
    double term = std::exp(std::lgamma(n + 1.0) - std::lgamma(j + 1.0) - std::lgamma(n - j + 1.0));
    term *= std::pow(p, j) * std::pow(1 - p, n - j);
    sum += term;
  }
  return sum;
}

}  // namespace

TEST_CASE("the exact binomial tail and the bound that goes with it") {
  const Fraction eight_of_twenty = binomial_tail(20, 8, {1, 5});
  // 3065363224113 / 95367431640625
  CHECK(eight_of_twenty.numerator * Integer(95367431640625u) == eight_of_twenty.denominator * Integer(3065363224113u));
  CHECK(text_of(eight_of_twenty) == "0.0321426631");
  CHECK(lower_bound_millionths(20, 8, {1, 20}) == 217068);
}

TEST_CASE("the certainty that a rate is too high, with a beta prior") {
  CHECK(text_of(beta_certainty(1, 1, 20, 8, {1, 5})) == "0.9855860383");
  CHECK(text_of(beta_certainty(1, 4, 20, 8, {1, 5})) == "0.9638250120");
}

TEST_CASE("the boundary of the beta-binomial rule") {
  const Boundary boundary = boundary_of(rule_of(Method::beta_binomial, 30, {95, 100}));
  CHECK(boundary.limits ==
        Limits{0, 0, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11});
  CHECK(text_of(boundary, 4) == "0.0970");
}

TEST_CASE("looking after every subject at the full alpha stops far too often") {
  CHECK(text_of(boundary_of(rule_of(Method::binomial, 30, {1, 20})), 4) == "0.1359");
}

TEST_CASE("the Pocock-type boundary keeps the whole trial within alpha") {
  const Boundary boundary = boundary_of(rule_of(Method::pocock, 30, {1, 20}));
  CHECK(boundary.limits ==
        Limits{0, 0, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 11, 12, 12});
  CHECK(text_of(boundary, 4) == "0.0495");
  CHECK(boundary.each_look->numerator / 100 == 173);  // alpha* = 0.0173
  Integer stops, of;
  crossing_probability(boundary.limits, {2, 5}, stops, of);
  CHECK(crypto::decimal_fraction(stops, of, 3) == "0.695");  // power 69.5 % at p = 0.4
}

TEST_CASE("a bigger alpha star than the Pocock-type one would stop too often") {
  const BoundaryRule rule = rule_of(Method::pocock, 30, {1, 20});
  const Boundary boundary = boundary_of(rule);
  BoundaryRule wider = rule;
  wider.method = Method::binomial;
  wider.alpha = {boundary.each_look->numerator + 1, boundary.each_look->denominator};
  const Boundary over = boundary_of(wider);
  CHECK(over.stops * 20 > over.of);
}

TEST_CASE("alpha is spent over three looks") {
  BoundaryRule rule = rule_of(Method::spending, 30, {1, 20});
  rule.looks = {10, 20, 30};
  rule.power = 2;
  const Boundary boundary = boundary_of(rule);
  CHECK(boundary.limits[9] == 7);
  CHECK(boundary.limits[19] == 9);
  CHECK(boundary.limits[29] == 11);
  CHECK(text_of(boundary, 6) == "0.028833");
  Integer stops, of;
  crossing_probability(Limits(boundary.limits.begin(), boundary.limits.begin() + 10), rule.rate, stops, of);
  CHECK(crypto::decimal_fraction(stops, of, 6) == "0.000864");
  crossing_probability(Limits(boundary.limits.begin(), boundary.limits.begin() + 20), rule.rate, stops, of);
  CHECK(crypto::decimal_fraction(stops, of, 6) == "0.010285");
}

TEST_CASE("every entry of a binomial boundary is the smallest that the tail allows") {
  for (const Ratio rate : {Ratio{1, 10}, Ratio{1, 3}, Ratio{7, 100}}) {
    BoundaryRule rule = rule_of(Method::binomial, 60, {1, 40});
    rule.rate = rate;
    const double p = static_cast<double>(rate.numerator) / rate.denominator;
    const Boundary boundary = boundary_of(rule);
    CHECK(is_sound(boundary.limits));
    for (unsigned n = 1; n <= 60; ++n) {
      unsigned expected = 0;
      for (unsigned x = n; x > 0 && tail(n, x, p) <= 0.025; --x) expected = x;
      CHECK(boundary.limits[n - 1] == expected);
    }
  }
}

TEST_CASE("rules that make no sense are named") {
  CHECK(fault_of(rule_of(Method::binomial, 0, {1, 20})).find("1 to 1000") != std::string::npos);
  CHECK_FALSE(fault_of(rule_of(Method::binomial, 10, {20, 20})).empty());
  BoundaryRule looks = rule_of(Method::spending, 30, {1, 20});
  CHECK_FALSE(fault_of(looks).empty());
  looks.looks = {10, 10, 30};
  CHECK_FALSE(fault_of(looks).empty());
  CHECK(parse_ratio("0.05")->denominator == 20);
  for (const char* text : {"", "1", "1/1", "0/3", "2/1", "1/5x", "0.", "0.x", "-1/5", "5e-2", "0.000"})
    CHECK_FALSE(parse_ratio(text));
  CHECK_FALSE(is_sound({0, 0, 4}));
  CHECK_FALSE(is_sound({0, 2, 3, 2}));
  CHECK_FALSE(is_sound({0, 0}));
}
