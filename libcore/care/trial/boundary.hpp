#pragma once
// When a trial has to stop for its side effects: for every number of subjects the smallest number of affected ones at
// which the rule says stop. Computed exactly, with whole numbers only, so that every machine gets the same table.
//
//   binomial        P(X >= x | n, p0) <= alpha at each look
//   beta-binomial   P(p > p0 | x of n, prior Beta(a, b)) > certainty at each look
//   pocock          binomial with the largest alpha* (a whole number of millionths) for which the probability of ever
//                   stopping a trial whose true rate is p0, looked at after every subject, is at most alpha
//   spending        looks only after the numbers of subjects listed; the probability of having stopped by look k is at
//                   most alpha * (n_k / N)^power
//   poisson         by exposure, a unit at a time: P(X >= x | λ = p0 * units) <= alpha at each look
//   gamma-poisson   by exposure: P(rate > p0 | x in so many units, prior Gamma(a, b units)) > certainty at each look
//   table           computed elsewhere, registered as it is; it must not decrease

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/crypto/integer.hpp"

namespace carechain::care::trial {

using crypto::Integer;

enum class Method { binomial, beta_binomial, pocock, spending, table, poisson, gamma_poisson };
// By events in units of exposure, not by subjects: for people to look at, no rule of a trial, since no exposure is on
// the chain.
inline bool is_by_exposure(Method method) { return method == Method::poisson || method == Method::gamma_poisson; }
std::string_view to_text(Method);
bool parse(std::string_view, Method&);

// A probability: numerator / denominator, below 1.
struct Ratio {
  std::uint32_t numerator = 0, denominator = 1;
  template <class V>
  void fields(V& v) {
    v("numerator", numerator, "above the line");
    v("denominator", denominator, "below the line");
  }
};
std::optional<Ratio> parse_ratio(std::string_view text);  // "1/5" or "0.05"; nullopt: not one, or not between 0 and 1
std::string to_text(const Ratio&);                        // "1/5"

struct BoundaryRule {
  Method method = Method::binomial;
  std::uint32_t subjects = 0;  // the table goes from 1 to this
  Ratio rate;                  // p0: what is acceptable
  Ratio alpha;                 // beta-binomial: the certainty
  std::uint32_t prior_a = 1, prior_b = 1;
  std::vector<std::uint32_t> looks;  // spending: rising, the last one is `subjects`
  std::uint32_t power = 1;           // spending: 1, 2 or 3
  template <class V>
  void fields(V& v) {
    v("method", method, "binomial, beta-binomial, pocock, spending or table");
    v("subjects", subjects, "how far the table goes");
    v("rate", rate, "acceptable rate of affected subjects");
    v("alpha", alpha, "error allowed; beta-binomial: certainty demanded");
    v("prior_a", prior_a, "prior Beta(a, b): a");
    v("prior_b", prior_b, "prior Beta(a, b): b");
    v("looks", looks, "spending: after how many subjects");
    v("power", power, "spending: alpha * (n/N)^power");
  }
};
inline constexpr std::uint32_t max_boundary_subjects = 1000;
inline constexpr std::uint32_t max_ratio_denominator = 10'000;

// What is wrong with a rule, in a user's words; empty: nothing.
std::string fault_of(const BoundaryRule&);

// limits[n - 1]: the smallest number of affected subjects of n that stops; 0: n subjects can't stop it.
using Limits = std::vector<std::uint32_t>;
struct Boundary {
  Limits limits;
  std::optional<Ratio> each_look;  // pocock: alpha*
  // Of stopping a trial whose true rate is p0: numerator and denominator; 0 and 0: not computed, by exposure.
  Integer stops, of;
};
// Requires fault_of(rule).empty() and a method other than table.
Boundary boundary_of(const BoundaryRule&);
// The probability of ever reaching these limits when the true rate is `rate`, looked at after each subject.
void crossing_probability(const Limits&, const Ratio& rate, Integer& stops, Integer& of);
// A table that was computed elsewhere: once it can stop it never stops sooner with more subjects, and never asks for
// more affected subjects than there are.
bool is_sound(const Limits&);
// The limit for so many subjects; beyond the table its last row. 0: can't stop.
std::uint32_t limit_at(const Limits&, std::uint64_t subjects);

// Single probabilities, numerator and denominator.
struct Fraction {
  Integer numerator, denominator;
};
Fraction binomial_tail(std::uint32_t n, std::uint32_t x, const Ratio& rate);  // P(X >= x)
Fraction beta_certainty(std::uint32_t a, std::uint32_t b, std::uint32_t n, std::uint32_t x, const Ratio& rate);
// The largest number of millionths that a one-sided Clopper-Pearson bound lies at or above: x of n, error alpha.
std::uint32_t lower_bound_millionths(std::uint32_t n, std::uint32_t x, const Ratio& alpha);

}  // namespace carechain::care::trial
