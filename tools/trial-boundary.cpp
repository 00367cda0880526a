#include "libcore/base/whole.hpp"
#include "libcore/care/trial/boundary.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/fields.hpp"

namespace {

using namespace carechain;
using care::trial::Boundary;
using care::trial::BoundaryRule;
using care::trial::Method;

constexpr cli::About about{
    .name = "trial-boundary",
    .summary = "compute when a trial has to stop for its side effects",
    .description =
        R"(Computes, for every number of subjects up to --subjects, the smallest number of affected ones at which a safety rule says
stop, with whole numbers only, so that every machine gets the same table. A trial registers its rule and this table;
verify-chain computes it again.

  binomial       the chance of so many affected subjects at the acceptable --rate is at most --alpha, at each look
  beta-binomial  it is more certain than --certainty that the rate is too high, starting from --prior a,b
  pocock         like binomial, with the largest error at each look (in millionths) for which a trial whose rate is
                 acceptable is ever stopped with a probability of at most --alpha, looked at after every subject
  poisson        by exposure: the chance of so many events in 1, 2, … units (--subjects of them: months, years) at --rate
                 events a unit is at most --alpha, at each look
  gamma-poisson  it is more certain than --certainty that the rate by exposure is too high, starting from --prior a,b units
  spending       looks only at --looks; by then at most alpha*(n/N)^power of the error is spent

Two arms beside each other: of n events in both, so many in the first that the chance is at most --alpha is the table of
binomial with the first arm's part of the exposure as --rate (1/2 when it is the same). A table in which a number of subjects has no limit can't be stopped there. With --affected X --exposed N the answer is
whether X of N subjects are still within the boundary.)",
    .examples = R"($ trial-boundary --method pocock --subjects 30 --rate 1/5 --alpha 1/20
$ trial-boundary --method beta-binomial --prior 1,4 --subjects 30 --rate 0.2 --certainty 0.95
$ trial-boundary --method pocock --subjects 30 --rate 1/5 --alpha 1/20 --exposed 20 --affected 9 || echo stop)",
    .exit_status = "1: with --affected, the boundary is reached.",
    .see_also = "trial-register(1), show-trial(1)"};

struct Options {
  Method method = Method::pocock;
  std::uint32_t subjects = 0, power = 1;
  std::string rate, alpha, certainty, prior, looks;
  std::optional<std::uint32_t> affected, exposed;
};

void declare(cli::OptionSet& set, Options& options) {
  set.add("--method", options.method, "the rule")
      .required()
      .check(cli::choice<Method>({{"binomial", Method::binomial},
                                  {"beta-binomial", Method::beta_binomial},
                                  {"pocock", Method::pocock},
                                  {"spending", Method::spending},
                                  {"poisson", Method::poisson},
                                  {"gamma-poisson", Method::gamma_poisson}}));
  set.add("--subjects", options.subjects, "how many subjects, or units of exposure, the table goes up to")
      .type_name("NUMBER")
      .required()
      .check(cli::whole(1, care::trial::max_boundary_subjects));
  set.add("--rate", options.rate, "acceptable rate of affected subjects: 1/5 or 0.2").type_name("TEXT").required();
  set.add("--alpha", options.alpha, "error allowed: 1/20 or 0.05").type_name("TEXT");
  set.add("--certainty", options.certainty, "of beta-binomial and gamma-poisson: 95/100 or 0.95").type_name("TEXT");
  set.add("--prior", options.prior, "of beta-binomial and gamma-poisson: whole numbers a,b; default 1,1")
      .type_name("TEXT");
  set.add("--looks", options.looks, "spending: after how many subjects: 10,20,30").type_name("TEXT");
  set.add("--power", options.power, "spending: 1, 2 or 3").type_name("NUMBER").check(cli::whole(1, 3));
  set.add("--affected", options.affected, "is so many affected subjects still within?")
      .type_name("NUMBER")
      .check(cli::whole(0, care::trial::max_boundary_subjects));
  set.add("--exposed", options.exposed, "of so many")
      .type_name("NUMBER")
      .check(cli::whole(1, care::trial::max_boundary_subjects));
}

care::trial::Ratio ratio_of(const std::string& option, const std::string& text) {
  const auto ratio = care::trial::parse_ratio(text);
  if (!ratio) throw misuse(option + ": '" + text + "' is not a rate between 0 and 1", "write 1/5, or 0.2");
  return *ratio;
}

std::vector<std::uint32_t> numbers_of(const std::string& option, const std::string& text) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t at = 0; at <= text.size() && !text.empty();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const auto number = parse_whole<std::uint32_t>(std::string_view(text).substr(at, end - at));
    if (!number) throw misuse(option + ": '" + text + "' is not a list of whole numbers", "write 10,20,30");
    numbers.push_back(*number);
    at = end + 1;
  }
  return numbers;
}

BoundaryRule rule_of(const Options& options) {
  BoundaryRule rule;
  rule.method = options.method;
  rule.subjects = options.subjects;
  rule.rate = ratio_of("--rate", options.rate);
  const bool beta = options.method == Method::beta_binomial || options.method == Method::gamma_poisson;
  const std::string& error = beta ? options.certainty : options.alpha;
  if (error.empty()) throw misuse(beta ? "--certainty is required" : "--alpha is required");
  rule.alpha = ratio_of(beta ? "--certainty" : "--alpha", error);
  rule.looks = numbers_of("--looks", options.looks);
  rule.power = options.power;
  if (const auto prior = numbers_of("--prior", options.prior); !prior.empty()) {
    if (prior.size() != 2) throw misuse("--prior wants two whole numbers, a,b");
    rule.prior_a = prior[0];
    rule.prior_b = prior[1];
  }
  if (const std::string fault = care::trial::fault_of(rule); !fault.empty()) throw misuse(fault);
  if (options.affected.has_value() != options.exposed.has_value()) throw misuse("--affected and --exposed go together");
  if (options.affected && *options.affected > *options.exposed && !is_by_exposure(rule.method))
    throw misuse("more are affected than exposed");
  return rule;
}

void print(const BoundaryRule& rule, const Boundary& boundary, const std::optional<bool>& within, cli::Output& out) {
  const bool counted = boundary.of > 0;
  const std::string ever = counted ? crypto::decimal_fraction(boundary.stops, boundary.of, 6) : "";
  if (!out.json()) {
    std::vector<std::vector<std::string>> rows;
    for (std::uint32_t n = 1, last = 0; n <= boundary.limits.size(); ++n) {
      const std::uint32_t limit = boundary.limits[n - 1];
      if (limit == 0 || limit == last) continue;
      rows.push_back({std::to_string(n), std::to_string(last = limit)});
    }
    const bool exposure = is_by_exposure(rule.method);
    out.table({exposure ? "from units" : "from subjects", exposure ? "stop at events" : "stop at affected"}, rows);
    if (boundary.each_look)
      out.line("error at each look " +
               crypto::decimal_fraction(boundary.each_look->numerator, boundary.each_look->denominator, 6));
    if (counted) out.line("a trial at the acceptable rate is ever stopped with probability " + ever);
    if (within) out.line(*within ? "within the boundary" : "the boundary is reached: stop");
    return;
  }
  encoding::JsonWriter json;
  json.begin_object().key("rule");
  encoding::json_fields(rule, json);
  json.key("limits").begin_array();
  for (const std::uint32_t limit : boundary.limits) json.value(limit);
  json.end_array().key("each_look");
  boundary.each_look
      ? json.value(crypto::decimal_fraction(boundary.each_look->numerator, boundary.each_look->denominator, 6))
      : json.null();
  json.key("stops_at_acceptable_rate");
  counted ? json.value(ever) : json.null();
  json.key("decision");
  within ? json.value(*within ? "within" : "stop") : json.null();
  cli::Envelope envelope;
  envelope.type = "trial.boundary";
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

Exit run(const Options& options, cli::Output& out) {
  const BoundaryRule rule = rule_of(options);
  const Boundary boundary = boundary_of(rule);
  std::optional<bool> within;
  if (options.affected) {
    const std::uint32_t limit = care::trial::limit_at(boundary.limits, *options.exposed);
    within = limit == 0 || *options.affected < limit;
  }
  print(rule, boundary, within, out);
  return within.value_or(true) ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(trial_boundary, about, declare, run);
