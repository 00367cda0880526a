// Builds a chain with every operation there is, keys, clock and randomness given, and prints digests of all that comes
// out. tests/determinism compares what different compilers and kinds of build make of it with data/determinism.txt.

#include <cstdio>
#include <set>

#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/care/drug/operations.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/care/erasing.hpp"
#include "libcore/care/erasure_operations.hpp"
#include "libcore/contract/effect_list.hpp"
#include "libcore/contract/instruction.hpp"
#include "libcore/encoding/text.hpp"
#include "unit/care/claim/payer_desk.hpp"
#include "unit/care/clinic.hpp"
#include "unit/care/trial/trial_chain.hpp"

namespace {

using namespace carechain;
using testing::Clinic;
using testing::LittleChain;

std::string content(std::size_t size) {
  std::string text;
  while (text.size() < size)
    text += "{\"resourceType\":\"Observation\",\"value\":" + std::to_string(text.size()) + "}\n";
  return text;
}

void accounts(LittleChain& chain) {
  auto bob = chain.enrolment("bob", ledger::Kind::professional, "physician");
  bob.npi = "1234567893";
  bob.until = Time{1'900'000'000};
  chain.act("north", bob, chain.enrolment("clinic", ledger::Kind::organisation, "clinic"));
  chain.act("south", chain.enrolment("alice", ledger::Kind::patient, "patient"));
  chain.mine();
  chain.act("north", ledger::Suspend{chain.account("clinic"), false});
  chain.mine("south");
  chain.act("north", ledger::Suspend{chain.account("clinic"), true});
  chain.act("north", ledger::ChangeRules{2, 1'000'000});
  chain.act("south", ledger::ChangeRules{2, 1'000'000});
  chain.act("north", ledger::ChangeSealer{chain.account("east"), 5, false});
  chain.act("south", ledger::ChangeSealer{chain.account("east"), 5, false});
  chain.act("carol", ledger::Rotate{chain.account("carol"), chain.account("carol's new key")});
  chain.mine("south");
}

void records(Clinic& clinic) {
  LittleChain& chain = clinic.chain;
  const auto first = clinic.store("alice", content(200'000), {"Observation"});
  const auto second = clinic.store("alice", "", {});
  chain.mine_empty("east");
  clinic.answer(clinic.ask("bob", clinic.request({first, second})));
  const auto grant = clinic.grant("alice", clinic.grant_of("bob", {"Condition", "Observation"}));
  auto research = clinic.grant_of("carol", first);
  testing::rule(research).purposes = {{"HRESCH"}};
  testing::rule(research).from = Time{1'700'000'100};
  testing::rule(research).until = Time{1'800'000'000};
  clinic.grant("alice", research);
  chain.mine("east");
  clinic.answer(clinic.ask("bob", first));
  clinic.answer(Bytes{1, 2, 3});
  chain.act("alice", care::RevokeAccess{grant});
  chain.mine("north", 3);
}

void erasure(Clinic& clinic) {
  LittleChain& chain = clinic.chain;
  const auto gone = clinic.store("erin", "to be erased", {});
  clinic.store("erin", "to stay", {});
  const auto hold = chain.seal("south", care::SetHold{chain.account("erin"), gone, "audit", Time{1'800'000'000}});
  chain.seal("south", care::LiftHold{hold});
  const auto copy = chain.seal("north", care::RegisterCopy{chain.account("bob"), 1});
  chain.seal("bob", care::DestroyCopy{copy});
  const auto order =
      chain.seal("north", care::OrderErasure{chain.account("erin"), chain.account("north"), gone, "not-needed"});
  care::carry_out({chain.layout(), chain.keys(), chain.operations(), chain.account("north"),
                   chain.person("north").signer, chain.now(), chain.random()},
                  {order});
  chain.mine();
}

void drugs(LittleChain& chain) {
  using namespace care;
  chain.act("north", drug::RegisterPrefix{"030001", chain.account("south")});
  chain.act("south", drug::RegisterProduct{"00300010123455", "Epcistra", "0001-0123-45", "100 mg", "tablet", {}});
  drug::RecordEvent event;
  event.action = drug::Action::add;
  event.time = 1'700'000'300'123;
  event.step = "commissioning";
  event.items = {"01/00300010123455/21/11", "01/00300010123455/21/12", "01/00300010123455/21/13"};
  event.place = "414/0300011111116";
  event.lot = "A123";
  event.expiry = "2027-03-31";
  drug::RecordEvent pack = event;
  pack.kind = drug::EventKind::aggregation;
  pack.lot = pack.expiry = std::nullopt;
  pack.step = "packing";
  pack.parent = "00/403000112345678901";
  pack.items = {"01/00300010123455/21/11", "01/00300010123455/21/12"};
  pack.time += 1000;
  drug::RecordEvent ship = event;
  ship.action = drug::Action::observe;
  ship.lot = ship.expiry = std::nullopt;
  ship.step = "shipping";
  ship.items = {"00/403000112345678901", "01/00300010123455/21/13"};
  ship.to = std::vector{drug::Typed{"owning_party", "414/0399999999991"}};
  ship.time += 2000;
  chain.act("south", drug::CiteDocument{chain.id(), "2023-11-14T22:00:00Z"}, event, pack, ship);
  drug::RecallDrug recall;
  recall.gtin = "00300010123455";
  recall.lot = "A123";
  chain.act("south", recall);
  chain.act("south", drug::MarkItem{"01/00300010123455/21/11", drug::Mark::suspect});
  chain.mine("south");
}

void instruct_first_payment(LittleChain& chain) {
  std::optional<contract::InstructPayment> due;
  contract::effects_since(chain.open(), 0, [&](const contract::EffectId& id, const contract::Effect& effect) {
    due = contract::instruction_of(id, effect);
    return !due;
  });
  chain.act("south", *due);
}

// A question of the payer and its answer, an appeal, and the ruling on it.
void dispute(LittleChain& chain, testing::PayerDesk& desk) {
  using namespace care::claim;
  const auto decided = desk.submit(desk.claim_of("alice", 12'000, "99215"));
  const auto asked = desk.submit(desk.claim_of("alice", 31'000, "99499"));
  chain.act("south", InquireClaim{asked, "N706", Time{chain.now().seconds + 86'400}});
  chain.act("north", AnswerClaim{asked, DocumentDigest(chain.id().view())});
  chain.act("north", AppealClaim{decided, "amount", {}});
  chain.act("south", RuleAppeal{decided, true, "agreed"});
}

// A plan, claims decided at once, by a person, taken back and decided anew, and the directory that they look at.
void claims(LittleChain& chain) {
  testing::PayerDesk desk(chain);
  const auto paid = desk.submit(desk.claim_of("alice", 20'000));
  const auto pended = desk.submit(desk.claim_of("alice", 30'000, "99499"));
  instruct_first_payment(chain);
  chain.act("south", care::claim::ReviewClaim{pended, true, {}});
  chain.act("north", care::claim::ReverseClaim{paid, "void"});
  chain.mine();
  chain.act("south", care::claim::ReopenClaim{pended, "reversal"});
  dispute(chain, desk);
  chain.act("south", care::provider::AttestProvider{testing::bobs_npi, "name", "phone", "Robert", true});
  chain.mine();
  desk.submit(desk.claim_of("alice", 1'000));
  chain.tick(11 * 86'400);
  chain.mine_empty();
}

void trials(LittleChain& chain) {
  using namespace care::trial;
  testing::TrialChain t(chain);
  t.take_in("sue", 0);
  t.take_in("tom", 1);
  auto other = t.consent("una");
  other.meaning = "representative";
  chain.act("rita", other);
  chain.act("ivy", Countersign{{t.trial, chain.account("una")}, chain.account("rita"), 1});
  const auto visit = chain.seal("north", t.visit("sue", "v1", "blood"));
  chain.act("north", AcknowledgePayment{visit}, ExcludeVisit{{t.trial, chain.account("sue")}, "v1"});
  auto event = t.event("sue", 4);
  event.criteria = {"hospitalisation"};
  const auto reported = chain.seal("north", event);
  chain.act("north", ReportEvent{reported, chain.now()});
  AmendTrial amend = t.amendment();
  amend.protocol.safety.emplace();
  amend.protocol.safety->rule.method = Method::table;
  amend.protocol.safety->rule.subjects = 2;
  amend.protocol.safety->limits = {1, 1};
  chain.act("north", amend, AdoptVersion{t.trial, 2, {chain.account("south"), "IRB-S2", chain.now()}});
  chain.seal("north", t.event("tom", 5));
  chain.act("mona", LiftHold{t.trial, 1, "continue"});
  chain.act("milo", LiftHold{t.trial, 1, "continue"});
  auto complete = t.about<CompleteSubject>("sue");
  chain.act("north", complete);
  chain.act("tom", t.about<Withdraw>("tom"));
  chain.act("north", t.milestone("treatment"), t.milestone("analysis-plan"));
  chain.seal("north", t.milestone("lock"));
  chain.act("north", RevealSchedule{t.trial, testing::TrialChain::schedule()});
  const std::vector<OutcomeResult> results{{"O1", "MEAN", "points", {}, false, {}, {{"red", "1.5", 1, {}, {}, {}}}},
                                           {"O2", "MEAN", "hours", {}, false, {}, {{"red", "-0.25", 1, {}, {}, {}}}}};
  chain.seal("north", PublishTrial{t.trial, results});
}

void emergency(Clinic& clinic) {
  LittleChain& chain = clinic.chain;
  const auto record = clinic.store("alice", "allergies", {"AllergyIntolerance"});
  care::Request request = clinic.request({record}, "ETREAT");
  request.reason = crypto::sha256(view_of("keyed digest of a reason"));
  const auto ledger = chain.open();
  care::DecideAccess decision;
  decision.request = clinic.ask("bob", request);
  decision.basis_height = ledger.tip().height;
  decision.basis_hash = ledger.tip().hash;
  decision.at = chain.now();
  decision.answers = {{record, true, "emergency", {}}};
  const auto opened = chain.seal("north", decision);
  chain.seal("north", care::ReviewEmergency{opened, care::Review::justified});
}

void print(const char* what, std::uint64_t number, ByteView bytes) {
  std::printf("%s %2llu %s\n", what, static_cast<unsigned long long>(number), encoding::hex(bytes).c_str());
}

// Every operation must have happened; a new one belongs into the chain above.
bool complete(const ledger::Ledger& ledger, const std::set<std::string, std::less<>>& seen) {
  bool whole = true;
  for (const auto& [name, row] : ledger.operations().rows()) {
    if (seen.contains(name)) continue;
    std::fprintf(stderr, "the chain has no %s: add one to tests/determinism_main.cpp\n", name.c_str());
    whole = false;
  }
  return whole;
}

}  // namespace

int main() {
  LittleChain::Settings settings;
  settings.privacy = ledger::Privacy{{}, {}, {testing::person_called("south").key}, {}};
  Clinic clinic(settings);
  accounts(clinic.chain);
  records(clinic);
  erasure(clinic);
  drugs(clinic.chain);
  claims(clinic.chain);
  trials(clinic.chain);
  emergency(clinic);
  const auto ledger = clinic.chain.open();
  std::set<std::string, std::less<>> seen;
  for (std::uint64_t height = 0; height <= ledger.tip().height; ++height) {
    const Bytes block = ledger.block(height);
    const auto view = ledger::parse_block(block);
    print("block", height, crypto::sha256(block).view());
    print("state", height, view.header.state.view());
    for (const ByteView bytes : view.transactions)
      for (const auto& operation : ledger::parse_transaction(ledger.id(), bytes).operations)
        seen.emplace(operation.name);
  }
  ledger.scan_state("record/", [&](std::string_view, std::string_view row) {
    const auto handle = encoding::decode_fields<care::Record>(view_of(row)).handle;
    for (const auto& capsule : clinic.vault().capsules(handle))
      print("capsule", capsule.version, crypto::sha256(encoding::encode_fields(capsule)).view());
    return true;
  });
  return complete(ledger, seen) ? 0 : 1;
}
