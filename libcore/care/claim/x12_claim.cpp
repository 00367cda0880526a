#include <algorithm>

#include "libcore/base/whole.hpp"
#include "libcore/care/claim/claim_intake.hpp"
#include "libcore/care/claim/x12.hpp"

namespace carechain::care::claim {
namespace {

// Goes through an interchange and gives a claim whenever one is whole.
class Interchange {
 public:
  Interchange(const Names& names, const TakeClaim& take) : names_(names), take_(take) {}

  void segment(const Segment& segment) {
    ++in_set_;
    if (segment.id == "ST") return begin_set(segment);
    if (segment.id == "SE") return end_set(segment);
    if (segment.id == "HL") return level(segment);
    if (segment.id == "CLM") return begin_claim(segment);
    if (set_kind_ != "837") return;
    if (claim_)
      in_claim(segment);
    else
      before_claim(segment);
  }
  void end() { give(); }

 private:
  void begin_set(const Segment& segment) {
    give();
    in_set_ = 1;
    set_kind_ = segment.at(1);
    control_ = segment.at(2);
    institutional_ =
        segment.at(3).find("X223") != std::string_view::npos || segment.at(3).find("X096") != std::string_view::npos;
    if (set_kind_ != "837") reject(segment, "ST01", "this is a " + set_kind_ + ", not an 837 claim");
  }
  void end_set(const Segment& segment) {
    give();
    const auto count = parse_whole<std::uint64_t>(segment.at(1));
    if (!count || *count != in_set_)
      reject(segment, "SE01",
             "it says " + std::string(segment.at(1)) + " segments, there are " + std::to_string(in_set_));
    if (segment.at(2) != control_) reject(segment, "SE02", "it does not match ST02 '" + control_ + "'");
    set_kind_.clear();
  }
  void level(const Segment& segment) {
    give();
    if (segment.at(3) == "20") billing_.clear();
    if (segment.at(3) == "22") subscriber_.clear(), payer_.clear(), order_.clear();
    patient_.clear();
  }

  // Billing provider, subscriber, payer, patient.
  void before_claim(const Segment& segment) {
    if (segment.id == "SBR") order_ = segment.at(1);
    if (segment.id != "NM1") return;
    const std::string_view whom = segment.at(1);
    if (whom == "85") billing_ = segment.at(8) == "XX" ? segment.at(9) : std::string_view();
    if (whom == "IL") subscriber_ = segment.at(9);
    if (whom == "PR") payer_ = segment.at(9).empty() ? segment.at(3) : segment.at(9);
    if (whom == "QC") patient_ = segment.at(9).empty() ? std::string(segment.at(4)) : std::string(segment.at(9));
  }

  static std::string where(const Segment& segment, const char* element) {
    return "segment " + std::to_string(segment.number) + ", " + element;
  }
  void reject(const Segment& segment, const char* element, const std::string& problem) {
    take_({std::nullopt, where(segment, element), problem});
  }
  // Something is wrong with the claim that is being read: the first such thing is told.
  void fault(const Segment& segment, const char* element, const std::string& problem) {
    if (problem_.empty()) {
      problem_ = problem;
      problem_place_ = where(segment, element);
    }
  }

  void begin_claim(const Segment& segment) {
    give();
    if (set_kind_ != "837") return reject(segment, "CLM", "a claim outside an 837 transaction set");
    claim_.emplace();
    account_ = segment.at(1);
    text_.clear();
    problem_.clear();
    other_ = false;
    claim_->use = "claim";
    claim_->type = institutional_ ? "institutional" : "professional";
    claim_->currency = names_.currency;
    if (account_.empty()) fault(segment, "CLM01", "the claim's number is missing");
    claim_->total = amount(segment, 2, "CLM02");
    place_ = segment.part(5, 1);
    frequency(segment);
    const std::string_view cause = segment.part(11, 1);
    claim_->accident = cause == "AA" || cause == "OA" || cause == "EM" || cause == "AP";
    claim_->provider = short_code(names_.provider(billing_));
    remember(segment);
  }
  void frequency(const Segment& segment) {
    const std::string_view code = segment.part(5, 3);
    if (code == "7" || code == "8") claim_->frequency = code == "7" ? 7 : 8;
    claim_place_ = where(segment, "CLM05-3");
  }
  static std::string short_code(std::string_view text) {
    std::string code;
    for (const char c : text)
      if (c > 0x20 && c < 0x7f && code.size() < 16) code += c;
    return code.empty() ? "none" : code;
  }

  std::int64_t amount(const Segment& segment, std::size_t element, const char* name) {
    const auto cents = parse_cents(segment.at(element));
    if (!cents) fault(segment, name, "'" + std::string(segment.at(element)) + "' is not an amount");
    return cents.value_or(0);
  }

  // The claim as it was written, for its keyed digest.
  void remember(const Segment& segment) {
    text_ += segment.id;
    for (const std::string_view element : segment.elements) {
      text_ += '*';
      text_ += element;
    }
    text_ += '~';
  }

  void in_claim(const Segment& segment) {
    remember(segment);
    if (segment.id == "SBR")
      other_payer();
    else if (segment.id == "LX")
      other_ = false, begin_line(segment);
    else if (segment.id == "SV1")
      professional(segment);
    else if (segment.id == "SV2")
      institution(segment);
    else if (segment.id == "DTP")
      date(segment);
    else if (segment.id == "REF")
      reference(segment);
    else if (segment.id == "AMT" && other_ && segment.at(1) == "D")
      claim_->prior.back().paid = amount(segment, 2, "AMT02");
    else if (segment.id == "CAS" && other_)
      adjustments(segment);
    else if (segment.id == "NM1" && segment.at(1) == "82" && segment.at(8) == "XX" && !other_)
      rendering(segment);
  }

  // The loop of another payer. One that pays after this payer has decided nothing yet.
  void other_payer() {
    other_ = true;
    claim_->prior.emplace_back();
  }
  void adjustments(const Segment& segment) {
    if (segment.at(1) == "PR") return;
    for (std::size_t element = 3; element <= segment.elements.size(); element += 3)
      if (!segment.at(element).empty() && segment.at(element)[0] != '-')
        claim_->prior.back().adjusted += amount(segment, element, "CAS03");
  }
  void rendering(const Segment& segment) {
    const std::string npi = short_code(names_.provider(std::string(segment.at(9))));
    if (claim_->lines.empty())
      rendering_ = npi;
    else
      claim_->lines.back().rendering = npi;
  }
  void reference(const Segment& segment) {
    const std::string number(segment.at(2));
    if (segment.at(1) == "F8") claim_->original = names_.claim(number);
    if (segment.at(1) == "G1")
      if (const auto ref = names_.claim(number)) claim_->authorisations.push_back(*ref);
  }

  void begin_line(const Segment& segment) {
    Line line;
    const auto number = parse_whole<std::uint64_t>(segment.at(1), 1, 999);
    if (!number) fault(segment, "LX01", "'" + std::string(segment.at(1)) + "' is no line number");
    line.number = number.value_or(0);
    line.place = place_;
    claim_->lines.push_back(std::move(line));
  }
  Line* line_of(const Segment& segment) {
    if (claim_->lines.empty()) fault(segment, "LX", "a service line begins with LX");
    return claim_->lines.empty() ? nullptr : &claim_->lines.back();
  }
  void procedure(Line& line, const Segment& segment, std::size_t element) {
    if (!segment.part(element, 2).empty()) line.code = segment.part(element, 2);
    for (std::size_t part = 3; part <= 6; ++part)
      if (!segment.part(element, part).empty()) line.modifiers.emplace_back(segment.part(element, part));
    std::ranges::sort(line.modifiers);
  }
  void professional(const Segment& segment) {
    Line* const line = line_of(segment);
    if (line == nullptr) return;
    procedure(*line, segment, 1);
    if (line->code.empty()) fault(segment, "SV101-2", "the procedure code is missing");
    line->charge = amount(segment, 2, "SV102");
    line->units = units(segment, 4, "SV104");
    if (!segment.at(5).empty()) line->place = segment.at(5);
    if (segment.at(9) == "Y" || line->place == "23") claim_->emergency = true;
  }
  void institution(const Segment& segment) {
    Line* const line = line_of(segment);
    if (line == nullptr) return;
    line->code = segment.at(1);  // revenue code, unless a procedure says more
    procedure(*line, segment, 2);
    if (line->code.empty()) fault(segment, "SV201", "the revenue code is missing");
    line->charge = amount(segment, 3, "SV203");
    line->units = units(segment, 5, "SV205");
  }
  // Fractions of a unit count as a whole one.
  std::uint64_t units(const Segment& segment, std::size_t element, const char* name) {
    const std::string_view text = segment.at(element);
    if (text.empty()) return 1;
    const std::size_t point = text.find('.');
    const auto whole = parse_whole<std::uint64_t>(text.substr(0, point), 0, 1'000'000);
    if (!whole) fault(segment, name, "'" + std::string(text) + "' is no number of units");
    const bool more =
        point != std::string_view::npos && text.find_first_not_of('0', point + 1) != std::string_view::npos;
    return std::max<std::uint64_t>(whole.value_or(1) + (more ? 1 : 0), 1);
  }

  void date(const Segment& segment) {
    const std::string_view what = segment.at(1), text = segment.at(3);
    if (what == "573" && other_) claim_->prior.back().decided = day(segment, text);
    if (what != "472" && what != "434" && what != "435" && what != "150") return;
    const auto begin = day(segment, text.substr(0, 8));
    const auto end = segment.at(2) == "RD8" ? day(segment, text.size() > 9 ? text.substr(9) : text) : begin;
    if (!begin || !end) return;
    if (what == "472" && !claim_->lines.empty()) {
      claim_->lines.back().from = *begin;
      claim_->lines.back().to = *end;
    } else if (!dated_) {
      claim_->from = *begin;
      claim_->to = *end;
      dated_ = true;
    }
  }
  std::optional<Time> day(const Segment& segment, std::string_view text) {
    std::optional<Time> time;
    if (text.size() >= 8)
      time = parse_time(std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' +
                        std::string(text.substr(6, 2)));
    if (!time) fault(segment, "DTP03", "'" + std::string(text) + "' is not a date since 1970");
    return time;
  }

  void give() {
    if (!claim_) return;
    SourceResult result;
    result.where = "claim " + account_;
    try {
      finish();
    } catch (const SourceFault& bad) {
      if (problem_.empty()) problem_ = bad.what();
    }
    if (problem_.empty())
      result.claim = SourceClaim{std::move(*claim_), account_};
    else
      result.problem = (problem_place_.empty() ? "" : problem_place_ + ": ") + problem_;
    claim_.reset();
    rendering_.reset();
    dated_ = false;
    problem_.clear();
    problem_place_.clear();
    take_(std::move(result));
  }

  void finish() {
    if (claim_->lines.empty()) throw SourceFault("LX", "the claim has no service lines");
    if (claim_->frequency != 1 && !claim_->original)
      throw SourceFault(claim_place_, "a replacement or void names its original in REF*F8, by its id on this ledger");
    claim_->payer = names_.payer(payer_);
    claim_->member = names_.member(patient_.empty() ? subscriber_ : subscriber_ + '/' + patient_);
    std::erase_if(claim_->prior,
                  [](const PriorPayment& prior) { return prior.paid == 0 && prior.adjusted == 0 && !prior.decided; });
    if (order_ == "P") claim_->prior.clear();  // the others come after this payer
    dates_of_lines();
    for (Line& line : claim_->lines)
      if (!line.rendering && rendering_) line.rendering = rendering_;
    claim_->document = names_.digest(text_);
  }
  void dates_of_lines() {
    for (Line& line : claim_->lines) {
      if (line.from.seconds == 0 && dated_) line.from = claim_->from, line.to = claim_->to;
      if (line.from.seconds == 0)
        throw SourceFault("DTP*472", "line " + std::to_string(line.number) + " has no day of service");
    }
    if (dated_) return;
    claim_->from = std::ranges::min(claim_->lines, {}, &Line::from).from;
    claim_->to = std::ranges::max(claim_->lines, {}, &Line::to).to;
  }

  const Names& names_;
  const TakeClaim& take_;
  std::string set_kind_, control_, billing_, subscriber_, payer_, order_, patient_, account_, place_, text_;
  std::string problem_, problem_place_, claim_place_;
  std::optional<SubmitClaim> claim_;
  std::optional<std::string> rendering_;
  std::uint64_t in_set_ = 0;
  bool institutional_ = false, other_ = false, dated_ = false;
};

}  // namespace

void read_x12_claims(std::string head, const ReadBytes& read, const Names& names, const TakeClaim& take) {
  SegmentReader reader(std::move(head), read);
  Interchange interchange(names, take);
  Segment segment;
  for (;;) {
    try {
      if (!reader.next(segment)) break;
    } catch (const Error& broken) {
      interchange.end();
      take({std::nullopt, "the interchange", broken.what()});
      return;
    }
    interchange.segment(segment);
  }
  interchange.end();
}

}  // namespace carechain::care::claim
