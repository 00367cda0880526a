#pragma once
// A little chain with a trial: north sponsors it and is one of its sites, south the other.

#include <memory>

#include "libcore/care/trial/queries.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::testing {

class TrialChain {
  std::unique_ptr<LittleChain> own_;

 public:
  LittleChain& chain;
  care::trial::ObjectRef trial;

  static care::trial::Protocol protocol_of(LittleChain& chain) {
    care::trial::Protocol protocol;
    protocol.title = "Red pills";
    protocol.study_id = "PILL-1";
    protocol.arms = {{"red", "Red pill", "EXPERIMENTAL", 1}, {"white", "White pill", "PLACEBO_COMPARATOR", 1}};
    protocol.outcomes = {{"O1", "primary", "Pain at week 4", {}, "4 weeks", "change", "mean"},
                         {"O2", "secondary", "Sleep", {}, {}, {}, {}}};
    protocol.milestones = {"treatment"};
    protocol.visits = {{"v1", false, {"blood"}, 5000}, {"v2", true, {"interview"}, 0}};
    protocol.form = crypto::sha256(view_of("form 1"));
    protocol.currency = "USD";
    protocol.scale = "CTCAE-5.0";
    protocol.sites = {{chain.account("north"), "IRB-N", chain.now()}, {chain.account("south"), "IRB-S", chain.now()}};
    protocol.monitors = {chain.account("mona"), chain.account("milo")};
    protocol.monitors_needed = 2;
    protocol.randomisation = care::trial::commitment_of(schedule());
    return protocol;
  }
  static care::trial::Schedule schedule() {
    care::trial::Schedule schedule;
    schedule.seed = crypto::sha256(view_of("secret"));
    schedule.blocks = {2, 4};
    return schedule;
  }

  explicit TrialChain(bool blinded = false) : own_(std::make_unique<LittleChain>()), chain(*own_) { begin(blinded); }
  explicit TrialChain(LittleChain& somebodys) : chain(somebodys) { begin(false); }

  care::trial::Protocol protocol;

  care::trial::GiveConsent consent(const std::string& who, std::uint32_t version = 1) {
    care::trial::GiveConsent consent;
    consent.trial = trial;
    consent.subject = chain.account(who);
    consent.site = chain.account("north");
    consent.version = version;
    consent.form = crypto::sha256(view_of("form " + std::to_string(version)));
    consent.at = chain.now();
    return consent;
  }
  template <class Operation>
  Operation about(const std::string& who) {
    Operation operation;
    operation.trial = trial;
    operation.subject = chain.account(who);
    if constexpr (requires { operation.at; }) operation.at = chain.now();
    return operation;
  }
  care::trial::RecordVisit visit(const std::string& who, const std::string& id, const std::string& procedure) {
    auto visit = about<care::trial::RecordVisit>(who);
    visit.visit = id;
    visit.procedures = {procedure};
    return visit;
  }
  care::trial::AdverseEvent event(const std::string& who, std::uint32_t grade) {
    auto event = about<care::trial::AdverseEvent>(who);
    event.term = "Headache";
    event.scale = "CTCAE-5.0";
    event.grade = grade;
    event.causality = "possible";
    event.outcome = "recovered";
    event.known = chain.now();
    return event;
  }
  care::trial::ReachMilestone milestone(const std::string& name) {
    care::trial::ReachMilestone milestone;
    milestone.trial = trial;
    milestone.milestone = name;
    milestone.at = chain.now();
    if (name == "analysis-plan") milestone.digest = crypto::sha256(view_of(name));
    return milestone;
  }
  // Consents, enrols and randomises, sealed.
  void take_in(const std::string& who, std::uint32_t index, const std::string& stratum = "all") {
    chain.act(who, consent(who));
    chain.act("north", about<care::trial::EnrollSubject>(who));
    auto randomise = about<care::trial::Randomise>(who);
    randomise.stratum = stratum;
    randomise.index = index;
    if (!protocol.blinded) randomise.arm = care::trial::arm_of(schedule(), protocol.arms, stratum, index);
    chain.seal("north", randomise);
  }
  care::trial::AmendTrial amendment() {
    care::trial::AmendTrial amend;
    amend.trial = trial;
    amend.protocol = protocol;
    amend.protocol.form = crypto::sha256(view_of("form 2"));
    amend.protocol.sites = {{chain.account("north"), "IRB-N2", chain.now()}};
    amend.protocol.visits.push_back({"v3", false, {"scan"}, 0});
    amend.irb = "IRB-2";
    amend.reconsent = "all-active";
    amend.by = Time{chain.now().seconds + 600};
    return amend;
  }
  care::trial::Trial row() { return *care::trial::trials.get(chain.look().pending_state(), trial); }
  care::trial::ArmCount count(const std::string& arm) {
    return care::trial::arm_counts.get(chain.look().pending_state(), trial, arm).value_or(care::trial::ArmCount{});
  }

 private:
  void begin(bool blinded) {
    chain.act("north", chain.enrolment("mona", ledger::Kind::professional, "monitor"),
              chain.enrolment("milo", ledger::Kind::professional, "monitor"),
              chain.enrolment("ivy", ledger::Kind::professional, "investigator"));
    protocol = protocol_of(chain);
    protocol.blinded = blinded;
    trial = chain.seal("north", care::trial::RegisterTrial{protocol});
  }
};

}  // namespace carechain::testing
