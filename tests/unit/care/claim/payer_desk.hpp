#pragma once
// A little chain where south is a payer with a plan, bob a provider in its network, and alice a member.

#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/claim/posting.hpp"
#include "libcore/care/provider/directory.hpp"
#include "libcore/contract/contract_operations.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::testing {

inline constexpr const char* little_plan = R"yaml(contract: little-plan
version: 1
kind: claim.plan
parameters:
  currency: USD
  network: little-network
  filing_days: 180 days
  deductible: 10000 cents
  deductible_family: 15000 cents
  out_of_pocket: 50000 cents
  coinsurance: 2000 basis-points
  auto_limit: 1000000 cents
  review_days: 10 days
  stale_days: 90 days
tables:
  cosmetic: ["15824"]
formulas:
  allowed: "bp(line.charge, 8000)"
rules:
  - {name: cosmetic, when: "line.code in cosmetic", then: deny, reason: PR-204}
  - {name: unlisted, when: "line.code == '99499'", then: pend, reason: unlisted, effects: [{kind: notify, fields: {code: line.code}}]}
otherwise: pay
)yaml";

inline constexpr const char* bobs_npi = "1234567893";

class PayerDesk {
 public:
  LittleChain& chain;

  PayerDesk() : PayerDesk(std::make_unique<LittleChain>()) {}
  explicit PayerDesk(LittleChain& of) : chain(of) { open_desk(); }

  static contract::Document document() {
    return contract::read_document(little_plan, "little.yaml", [](const std::string&) { return std::string(); })
        .document;
  }
  Time day(std::int64_t days_from_now = 0) const { return {(chain.now().seconds / 86'400 + days_from_now) * 86'400}; }

  void enroll(const std::string& member) {
    care::claim::EnrollCoverage enroll;
    enroll.member = chain.account(member);
    enroll.plan = "little-plan";
    enroll.relationship = "self";
    enroll.from = day(-100);
    chain.act("south", enroll);
    chain.mine();
  }

  care::claim::SubmitClaim claim_of(const std::string& member, std::int64_t charge, const std::string& code = "99213") {
    care::claim::SubmitClaim claim;
    claim.use = "claim";
    claim.type = "professional";
    claim.payer = chain.account("south");
    claim.member = chain.account(member);
    claim.provider = bobs_npi;
    claim.currency = "USD";
    claim.total = charge;
    claim.from = claim.to = day(-1);
    care::claim::Line line;
    line.number = 1;
    line.code = code;
    line.charge = charge;
    line.from = line.to = claim.from;
    claim.lines.push_back(line);
    return claim;
  }

  // Submitted by north and sealed.
  care::claim::ObjectRef submit(const care::claim::SubmitClaim& claim) {
    const auto ref = ledger::ref_of({chain.act("north", claim), 0});
    chain.mine();
    return ref;
  }
  care::claim::Claim claim(const care::claim::ObjectRef& ref) const {
    return *care::claim::claims.get(chain.open().state(), ref);
  }
  care::claim::Accumulator used(const std::string& member) {
    const auto year = care::claim::year_of(claim_of(member, 0));
    return care::claim::accumulators
        .get(chain.open().state(), chain.account(member), year, std::string_view("little-plan"))
        .value_or(care::claim::Accumulator{});
  }

 private:
  explicit PayerDesk(std::unique_ptr<LittleChain> own) : chain(*own), own_(std::move(own)) { open_desk(); }
  void open_desk() {
    chain.act("south", contract::DeployContract{"little-plan", 1, {}, document()});
    care::provider::RegisterProvider entry{bobs_npi, {{"name", "Bob Healer"}, {"taxonomy.1", "207Q00000X"}}, "nppes"};
    chain.act("north", entry);
    chain.act("south",
              care::provider::RegisterProvider{bobs_npi, {{"network.little-network", "in"}}, "primary-source"});
    chain.mine();
    enroll("alice");
  }

  std::unique_ptr<LittleChain> own_;
};

}  // namespace carechain::testing
