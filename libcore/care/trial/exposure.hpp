#pragma once
// When a rate of events by exposure (person-months, person-years) is too high. e^λ is irrational for a rational λ, so
// it is kept between two rational bounds that close in until a comparison is decided: exact, the same everywhere, and
// it ends.

#include "libcore/care/trial/boundary.hpp"

namespace carechain::care::trial {

// P(X < x) of a Poisson distribution compared with a probability.
std::strong_ordering compare_poisson(const Ratio& mean, std::uint32_t x, const Ratio& probability);
// P(X >= x), rounded to so many decimals.
std::string poisson_tail(const Ratio& mean, std::uint32_t x, unsigned decimals);

// For 1, 2, … units of exposure the smallest number of events that stops. poisson: P(X >= x | rate * units) <= alpha.
// gamma-poisson: the rate is above `rule.rate` with more than `rule.alpha` certainty, starting from Gamma(a, b units).
// Requires fault_of(rule).empty() and one of these methods.
Limits exposure_limits(const BoundaryRule&);

}  // namespace carechain::care::trial
