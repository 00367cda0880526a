#include "libcore/care/trial/boundary.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "libcore/base/whole.hpp"
#include "libcore/care/trial/exposure.hpp"

namespace carechain::care::trial {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{{"binomial", Method::binomial},
                                                                      {"beta-binomial", Method::beta_binomial},
                                                                      {"pocock", Method::pocock},
                                                                      {"spending", Method::spending},
                                                                      {"table", Method::table},
                                                                      {"poisson", Method::poisson},
                                                                      {"gamma-poisson", Method::gamma_poisson}}};

// C(n, j) r^j (s-r)^(n-j) for all j of one n after the other: the odds of j affected of n, over s^n.
class BinomialRows {
 public:
  explicit BinomialRows(const Ratio& rate) : r_(rate.numerator), q_(rate.denominator - rate.numerator), s_(r_ + q_) {}
  void next() {
    row_.emplace_back();
    for (std::size_t j = row_.size() - 1; j > 0; --j) {
      row_[j] *= q_;
      row_[j] += row_[j - 1] * r_;
    }
    row_[0] *= q_;
    all_ *= s_;
  }
  void advance_to(std::uint32_t n) {
    while (row_.size() <= n) next();
  }
  const std::vector<Integer>& row() const { return row_; }
  const Integer& all() const { return all_; }  // s^n

 private:
  Integer r_, q_, s_;
  std::vector<Integer> row_{Integer(1)};
  Integer all_ = 1;
};

// The most that a whole number of cases may be, of `all`, to stay within a ratio.
Integer part_of(const Integer& all, std::uint32_t numerator, std::uint32_t denominator) {
  return all * numerator / denominator;
}

// The smallest x whose tail is at most `alpha`; 0: none.
std::uint32_t binomial_limit(const BinomialRows& rows, const Ratio& alpha) {
  const Integer allowed = part_of(rows.all(), alpha.numerator, alpha.denominator);
  Integer tail;
  std::uint32_t limit = 0;
  for (std::size_t x = rows.row().size() - 1; x > 0; --x) {
    tail += rows.row()[x];
    if (tail > allowed) break;
    limit = static_cast<std::uint32_t>(x);
  }
  return limit;
}

Limits binomial_limits(std::uint32_t subjects, const Ratio& rate, const Ratio& alpha) {
  BinomialRows rows(rate);
  Limits limits;
  while (limits.size() < subjects) {
    rows.next();
    limits.push_back(binomial_limit(rows, alpha));
  }
  return limits;
}

Limits beta_limits(const BoundaryRule& rule) {
  BinomialRows rows(rule.rate);
  Limits limits;
  for (std::uint32_t n = 1; n <= rule.subjects; ++n) {
    rows.advance_to(rule.prior_a + rule.prior_b + n - 1);
    const Integer demanded = part_of(rows.all(), rule.alpha.numerator, rule.alpha.denominator);
    Integer sum;
    std::uint32_t limit = 0;
    for (std::uint32_t j = 0; j < rule.prior_a + n && limit == 0; ++j) {
      sum += rows.row()[j];
      if (sum > demanded && j + 1 >= rule.prior_a) limit = std::max(j + 1 - rule.prior_a, 1u);
    }
    // What no affected subject at all would stop is stopped by the first one.
    limits.push_back(limit);
  }
  return limits;
}

// Paths that have not stopped yet, by the number of affected subjects, over s^n. Number: Integer, or long double for an
// estimate (its exponents reach 10,000^1000).
template <class Number>
class Walk {
 public:
  explicit Walk(const Ratio& rate)
      : r_(rate.numerator), q_(rate.denominator - rate.numerator), s_(rate.denominator), open_(1, Number(1)) {}
  void step() {
    open_.emplace_back(0);
    for (std::size_t y = open_.size() - 1; y > 0; --y) {
      open_[y] *= q_;
      open_[y] += open_[y - 1] * r_;
    }
    open_[0] *= q_;
    stopped_ *= s_;
    all_ *= s_;
  }
  void stop_from(std::uint32_t limit) {
    while (limit != 0 && open_.size() > limit) {
      stopped_ += open_.back();
      open_.pop_back();
    }
  }
  void follow(const Limits& limits) {
    for (const std::uint32_t limit : limits) {
      step();
      stop_from(limit);
    }
  }
  // The smallest limit that stops no more than so many paths in all.
  std::uint32_t smallest_limit(const Number& allowed) const {
    Number tail = stopped_;
    std::uint32_t limit = 0;
    for (std::size_t x = open_.size() - 1; x > 0; --x) {
      tail += open_[x];
      if (tail > allowed) break;
      limit = static_cast<std::uint32_t>(x);
    }
    return limit;
  }
  const Number& stopped() const { return stopped_; }
  const Number& all() const { return all_; }

 private:
  Number r_, q_, s_;
  std::vector<Number> open_;
  Number stopped_ = Number(0), all_ = Number(1);
};

constexpr std::uint32_t grid = 1'000'000;

// For each number of subjects: which alpha*, in millionths, each limit needs at least. Limits fall, alphas rise.
class NeededAlphas {
 public:
  NeededAlphas(std::uint32_t subjects, const Ratio& rate, std::uint32_t most) {
    BinomialRows rows(rate);
    while (needed_.size() < subjects) {
      rows.next();
      needed_.push_back(of_row(rows, most));
    }
  }
  Limits limits(std::uint32_t alpha) const {
    Limits limits;
    for (const Row& row : needed_) {
      const auto end = std::ranges::upper_bound(row, alpha, {}, &Needed::alpha);
      limits.push_back(end == row.begin() ? 0 : std::prev(end)->limit);
    }
    return limits;
  }

 private:
  struct Needed {
    std::uint32_t alpha, limit;
  };
  using Row = std::vector<Needed>;

  static Row of_row(const BinomialRows& rows, std::uint32_t most) {
    Row row;
    Integer tail;
    std::uint32_t alpha = 1;
    Integer allowed = part_of(rows.all(), alpha, grid);
    for (std::size_t x = rows.row().size() - 1; x > 0; --x) {
      tail += rows.row()[x];
      if (tail > allowed) {
        const Integer needed = (tail * grid + rows.all() - 1) / rows.all();
        if (needed > most) break;
        alpha = static_cast<std::uint32_t>(needed.low_word());
        allowed = part_of(rows.all(), alpha, grid);
      }
      row.push_back({alpha, static_cast<std::uint32_t>(x)});
    }
    return row;
  }
  std::vector<Row> needed_;
};

bool keeps_within(const Boundary& boundary, const Ratio& alpha) {
  return boundary.stops * alpha.denominator <= boundary.of * alpha.numerator;
}

// The largest alpha* by an estimate; where to begin with exact numbers.
std::uint32_t estimated_alpha(const NeededAlphas& needed, const BoundaryRule& rule, std::uint32_t most) {
  std::uint32_t low = 0;
  std::uint32_t high = most;
  while (low < high) {
    const std::uint32_t middle = high - (high - low) / 2;
    Walk<long double> walk(rule.rate);
    walk.follow(needed.limits(middle));
    if (walk.stopped() * rule.alpha.denominator <= walk.all() * rule.alpha.numerator)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

Boundary pocock(const BoundaryRule& rule) {
  // A single look may use up all of alpha, never more.
  const auto most = static_cast<std::uint32_t>(std::uint64_t{grid} * rule.alpha.numerator / rule.alpha.denominator);
  const NeededAlphas needed(rule.subjects, rule.rate, most);
  const auto at = [&](std::uint32_t alpha) {
    Boundary boundary{needed.limits(alpha), Ratio{alpha, grid}, {}, {}};
    crossing_probability(boundary.limits, rule.rate, boundary.stops, boundary.of);
    return boundary;
  };
  std::uint32_t alpha = estimated_alpha(needed, rule, most);
  Boundary found = at(alpha);
  while (alpha > 0 && !keeps_within(found, rule.alpha)) found = at(--alpha);
  for (; alpha < most; ++alpha) {
    Boundary wider = at(alpha + 1);
    if (!keeps_within(wider, rule.alpha)) break;
    found = std::move(wider);
  }
  return found;
}

Boundary spending(const BoundaryRule& rule) {
  Boundary boundary;
  Walk<Integer> walk(rule.rate);
  const Integer scale = crypto::power(rule.subjects, rule.power) * rule.alpha.denominator;
  for (std::uint32_t n = 1; n <= rule.subjects; ++n) {
    walk.step();
    std::uint32_t limit = 0;
    if (std::ranges::binary_search(rule.looks, n))
      limit = walk.smallest_limit(walk.all() * crypto::power(n, rule.power) * rule.alpha.numerator / scale);
    walk.stop_from(limit);
    boundary.limits.push_back(limit);
  }
  boundary.stops = walk.stopped();
  boundary.of = walk.all();
  return boundary;
}

bool is_probability(const Ratio& ratio) {
  return ratio.numerator > 0 && ratio.numerator < ratio.denominator && ratio.denominator <= max_ratio_denominator;
}

}  // namespace

std::string_view to_text(Method method) { return methods[static_cast<std::size_t>(method)].first; }

bool parse(std::string_view text, Method& method) {
  const auto* row = std::ranges::find(methods, text, &std::pair<std::string_view, Method>::first);
  if (row == methods.end()) return false;
  method = row->second;
  return true;
}

std::optional<Ratio> parse_ratio(std::string_view text) {
  std::optional<std::uint32_t> above, below;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    above = parse_whole<std::uint32_t>(text.substr(0, slash));
    below = parse_whole<std::uint32_t>(text.substr(slash + 1));
  } else if (text.starts_with("0.") && text.size() > 2 && text.size() <= 8) {
    std::uint32_t scale = 1;
    std::uint32_t value = 0;
    for (const char c : text.substr(2)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<std::uint32_t>(c - '0');
      scale *= 10;
    }
    const std::uint32_t common = std::gcd(value, scale);
    if (value != 0) above = value / common, below = scale / common;
  }
  if (!above || !below || *above == 0 || *above >= *below) return std::nullopt;
  return Ratio{*above, *below};
}

std::string to_text(const Ratio& ratio) {
  return std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator);
}

std::string fault_of(const BoundaryRule& rule) {
  if (rule.subjects == 0 || rule.subjects > max_boundary_subjects) return "a boundary is for 1 to 1000 subjects";
  if (rule.method == Method::table) return {};
  if (!is_probability(rule.rate)) return "the acceptable rate lies between 0 and 1, with a denominator up to 10000";
  if (!is_probability(rule.alpha)) return "alpha lies between 0 and 1, with a denominator up to 10000";
  if (rule.method == Method::beta_binomial || rule.method == Method::gamma_poisson)
    if (rule.prior_a == 0 || rule.prior_b == 0 || rule.prior_a > 100 || rule.prior_b > 100)
      return "a prior (a, b) has whole numbers from 1 to 100";
  if (rule.method != Method::spending) return {};
  if (rule.power < 1 || rule.power > 3) return "the power of the spending function is 1, 2 or 3";
  const bool rising = std::ranges::is_sorted(rule.looks, std::less_equal<>());
  if (rule.looks.empty() || rule.looks.front() == 0 || !rising || rule.looks.back() != rule.subjects)
    return "looks are rising numbers of subjects, the last one is all of them";
  return {};
}

Boundary boundary_of(const BoundaryRule& rule) {
  if (rule.method == Method::pocock) return pocock(rule);
  if (rule.method == Method::spending) return spending(rule);
  if (is_by_exposure(rule.method)) return {exposure_limits(rule), {}, {}, {}};
  Boundary boundary;
  boundary.limits =
      rule.method == Method::beta_binomial ? beta_limits(rule) : binomial_limits(rule.subjects, rule.rate, rule.alpha);
  crossing_probability(boundary.limits, rule.rate, boundary.stops, boundary.of);
  return boundary;
}

void crossing_probability(const Limits& limits, const Ratio& rate, Integer& stops, Integer& of) {
  Walk<Integer> walk(rate);
  walk.follow(limits);
  stops = walk.stopped();
  of = walk.all();
}

bool is_sound(const Limits& limits) {
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (limits[i] > i + 1) return false;
    if (limits[i] == 0) continue;
    if (limits[i] < last) return false;
    last = limits[i];
  }
  return last != 0;
}

std::uint32_t limit_at(const Limits& limits, std::uint64_t subjects) {
  if (subjects == 0 || limits.empty()) return 0;
  return subjects <= limits.size() ? limits[subjects - 1] : limits.back();
}

Fraction binomial_tail(std::uint32_t n, std::uint32_t x, const Ratio& rate) {
  BinomialRows rows(rate);
  rows.advance_to(n);
  Fraction tail{{}, rows.all()};
  for (std::uint32_t j = x; j <= n; ++j) tail.numerator += rows.row()[j];
  return tail;
}

Fraction beta_certainty(std::uint32_t a, std::uint32_t b, std::uint32_t n, std::uint32_t x, const Ratio& rate) {
  BinomialRows rows(rate);
  rows.advance_to(a + b + n - 1);
  Fraction sum{{}, rows.all()};
  for (std::uint32_t j = 0; j < a + x; ++j) sum.numerator += rows.row()[j];
  return sum;
}

std::uint32_t lower_bound_millionths(std::uint32_t n, std::uint32_t x, const Ratio& alpha) {
  if (x == 0) return 0;
  std::uint32_t low = 0;
  std::uint32_t high = 999'999;
  while (low < high) {  // the tail grows with the rate
    const std::uint32_t middle = high - (high - low) / 2;
    const Fraction tail = binomial_tail(n, x, {middle, 1'000'000});
    if (tail.numerator * alpha.denominator <= tail.denominator * alpha.numerator)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace carechain::care::trial
