#pragma once
// Coverages, claims and accumulators as the chain knows them. No name, no diagnosis, no claim number of a provider:
// members are the accounts that patients show to their payer, amounts are cents.

#include <algorithm>

#include "libcore/contract/effects.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::care::claim {

using ledger::ObjectRef;

struct Line {
  std::uint64_t number = 0;
  std::string code;                    // procedure, revenue or drug code
  std::vector<std::string> modifiers;  // sorted
  std::string place;                   // place of service; may be empty
  std::uint64_t units = 1;
  std::int64_t charge = 0;
  Time from, to;                         // days of service, midnight UTC, both inclusive
  std::optional<std::string> rendering;  // NPI, when not the claim's provider
  template <class V>
  void fields(V& v) {
    v("number", number, "its number in the claim");
    v("code", code, "procedure, revenue or drug code");
    v("modifiers", modifiers, "modifiers, sorted");
    v("place", place, "place of service");
    v("units", units, "units");
    v("charge", charge, "charge in cents");
    v("from", from, "first day of service");
    v("to", to, "last day of service");
    v("rendering", rendering, "NPI of who rendered it, when not the provider");
  }
};

// What payers before this one decided, of the claim as a whole.
struct PriorPayment {
  std::int64_t paid = 0, adjusted = 0;
  std::optional<Time> decided;
  template <class V>
  void fields(V& v) {
    v("paid", paid, "cents that it paid");
    v("adjusted", adjusted, "cents of its contractual adjustments");
    v("decided", decided, "day of its decision");
  }
};

// A payer's group code, a reason code (CARC) and where needed a remark code (RARC), with an amount.
struct Adjustment {
  std::string group, reason;
  std::int64_t amount = 0;
  std::optional<std::string> remark;
  template <class V>
  void fields(V& v) {
    v("group", group, "CO, PR, OA or PI");
    v("reason", reason, "claim adjustment reason code");
    v("amount", amount, "cents");
    v("remark", remark, "remittance advice remark code");
  }
};

struct LineDecision {
  std::uint64_t number = 0;
  std::string outcome;  // paid, denied, pended
  std::int64_t allowed = 0, paid = 0;
  std::vector<Adjustment> adjustments;
  std::optional<std::string> rule;  // of the contract, that decided
  template <class V>
  void fields(V& v) {
    v("number", number, "which line");
    v("outcome", outcome, "paid, denied or pended");
    v("allowed", allowed, "cents");
    v("paid", paid, "cents");
    v("adjustments", adjustments, "why not all of the charge");
    v("rule", rule, "the contract's rule that decided");
  }
};

// What a claim added to an accumulator, so that a reversal takes off exactly that.
struct Drawn {
  std::uint64_t year = 0;
  std::int64_t deductible = 0, out_of_pocket = 0;
  std::string category;  // of `limit`
  std::int64_t limit = 0;
  template <class V>
  void fields(V& v) {
    v("year", year, "benefit year");
    v("deductible", deductible, "cents");
    v("out_of_pocket", out_of_pocket, "cents");
    v("category", category, "benefit with a limit");
    v("limit", limit, "cents towards that limit");
  }
};

// The life of a claim (X12 277CA to 835): pended -> decided -> reversed, or decided at once.
inline constexpr std::array<std::string_view, 7> claim_states{"paid",     "partly-paid", "denied",  "pended",
                                                              "approved", "voided",      "replaced"};

struct Coverage {
  PublicKey payer, member;     // accounts; the member's is the one she shows to the payer
  PublicKey subscriber;        // whose family's accumulators count; the member's own when she is the subscriber
  std::string plan;            // contract of kind claim.plan
  std::string relationship;    // self, spouse, child, other
  std::uint64_t order = 1;     // 1: pays first
  Time from;                   // first day
  std::optional<Time> until;   // last day
  std::uint64_t enrolled = 0;  // height
  template <class V>
  void fields(V& v) {
    v("payer", payer, "who insures");
    v("member", member, "who is insured");
    v("subscriber", subscriber, "whose family it is");
    v("plan", plan, "the plan's contract");
    v("relationship", relationship, "self, spouse, child or other");
    v("order", order, "1: pays first");
    v("from", from, "first day");
    v("until", until, "last day");
    v("enrolled", enrolled, "height");
  }
};

struct CoverageList {
  std::vector<ObjectRef> refs;
  template <class V>
  void fields(V& v) {
    v("refs", refs, "coverages");
  }
};

struct CategoryUse {
  std::string name;
  std::int64_t used = 0;
  template <class V>
  void fields(V& v) {
    v("name", name, "benefit");
    v("used", used, "cents");
  }
};

// What a member, or a family, has used up of a plan in a year.
struct Accumulator {
  std::int64_t deductible = 0, out_of_pocket = 0;
  std::vector<CategoryUse> categories;
  std::optional<ObjectRef> latest;  // the claim that drew on it last; members' only
  template <class V>
  void fields(V& v) {
    v("deductible", deductible, "cents");
    v("out_of_pocket", out_of_pocket, "cents");
    v("categories", categories, "benefits with a limit");
    v("latest", latest, "the claim that drew on it last");
  }
};

// Sealed lines that a later one could repeat: same member, provider, days, code and modifiers.
struct LineUse {
  ObjectRef claim;
  std::uint64_t units = 0;
  std::int64_t charge = 0;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "whose line");
    v("units", units, "units");
    v("charge", charge, "cents");
  }
};
struct LineUses {
  std::vector<LineUse> uses;
  template <class V>
  void fields(V& v) {
    v("uses", uses, "lines");
  }
};

using DocumentDigest = FixedBytes<struct DocumentDigestMeaning, 32>;

struct SubmitClaim {
  static constexpr std::string_view name = "claim.submit";
  std::string use;   // claim, preauthorization, predetermination
  std::string type;  // institutional, professional, pharmacy, oral, vision
  PublicKey payer, member;
  std::string provider;  // NPI that bills, as it was given
  std::string currency;
  std::int64_t total = 0;
  Time from, to;
  bool accident = false, emergency = false;
  std::vector<Line> lines;
  std::vector<PriorPayment> prior;
  std::vector<ObjectRef> authorisations;
  std::uint64_t frequency = 1;        // 1 original, 7 replacement, 8 void
  std::optional<ObjectRef> original;  // of a replacement or void
  DocumentDigest document;            // keyed: of the claim as it was written
  template <class V>
  void fields(V& v) {
    v("use", use, "claim, preauthorization or predetermination");
    v("type", type, "institutional, professional, pharmacy, oral or vision");
    v("payer", payer, "the payer's account");
    v("member", member, "the patient's account with that payer");
    v("provider", provider, "NPI that bills");
    v("currency", currency, "ISO 4217");
    v("total", total, "charges of all lines in cents");
    v("from", from, "first day of service");
    v("to", to, "last day of service");
    v("accident", accident, "somebody else may be liable");
    v("emergency", emergency, "an emergency");
    v("lines", lines, "what was done");
    v("prior", prior, "what payers before this one decided");
    v("authorisations", authorisations, "approved preauthorizations");
    v("frequency", frequency, "1 original, 7 replacement, 8 void");
    v("original", original, "the claim that it replaces or voids");
    v("document", document, "keyed digest of the claim as it was written");
  }
};

// The latest appeal against a decision.
struct Appeal {
  std::uint64_t level = 1;
  PublicKey by;
  Time at, due;
  std::string reason;
  std::optional<DocumentDigest> document;
  std::string outcome;  // open, upheld, overturned, withdrawn
  template <class V>
  void fields(V& v) {
    v("level", level, "1: the first");
    v("by", by, "who appeals");
    v("at", at, "when");
    v("due", due, "by when the payer rules on it");
    v("reason", reason, "why");
    v("document", document, "keyed digest of the letter");
    v("outcome", outcome, "open, upheld, overturned or withdrawn");
  }
};

struct Claim {
  SubmitClaim submitted;
  PublicKey submitter;                // account that signed
  std::string state;                  // one of claim_states
  std::string reason;                 // of a pended claim; or of a decision as a whole
  std::optional<Time> due;            // of a pended one
  std::optional<ObjectRef> coverage;  // that decided
  std::optional<std::string> plan;    // NAME/VERSION
  std::vector<LineDecision> lines;
  std::int64_t paid = 0, patient = 0;  // cents
  std::vector<Drawn> drawn;
  std::optional<ObjectRef> previous;  // that drew on the same accumulators before
  std::optional<ObjectRef> replaced_by;
  bool reprocess = false;  // a claim before it was reversed: what it drew on has changed
  Time received;
  std::uint64_t height = 0;                // submitted
  std::uint64_t decided = 0;               // height of its decision
  std::optional<std::uint64_t> reversed;   // height at which that was taken back for good
  std::optional<PublicKey> reviewer;       // account that decided, when a person did
  std::optional<std::string> asked;        // of a pended one: what the payer waits for, until `due`
  std::optional<std::uint64_t> inquiries;  // how often it asked
  std::optional<Appeal> appeal;
  template <class V>
  void fields(V& v) {
    v("submitted", submitted, "as it was submitted");
    v("submitter", submitter, "who submitted it");
    v("state", state, "paid, partly-paid, denied, pended, approved, voided or replaced");
    v("reason", reason, "why");
    v("due", due, "by when a pended one is decided");
    v("coverage", coverage, "the coverage");
    v("plan", plan, "the plan's contract and version");
    v("lines", lines, "what was decided, line by line");
    v("paid", paid, "cents that the payer pays");
    v("patient", patient, "cents that the patient owes");
    v("drawn", drawn, "what it added to accumulators");
    v("previous", previous, "the claim before it that drew on them");
    v("replaced_by", replaced_by, "the claim that replaces it");
    v("reprocess", reprocess, "a claim before it was reversed");
    v("received", received, "time of the block that holds it");
    v("height", height, "height of that block");
    v("decided", decided, "height of its decision");
    v("reversed", reversed, "height at which it was taken back");
    v("reviewer", reviewer, "who decided, when a person did");
    v("asked", asked, "what the payer waits for");
    v("inquiries", inquiries, "how often it asked for information");
    v("appeal", appeal, "the latest appeal");
  }
};

inline bool is_over(const Claim& claim) { return claim.state == "voided" || claim.state == "replaced"; }
inline bool is_appealed(const Claim& claim) { return claim.appeal && claim.appeal->outcome == "open"; }
// A short code: printing ASCII without blanks.
inline bool is_code(std::string_view code, std::size_t longest) {
  return !code.empty() && code.size() <= longest &&
         std::ranges::all_of(code, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}
inline bool is_reason(std::string_view reason) { return is_code(reason, 16); }

inline constexpr const char* review_timer = "claim.review";
inline constexpr std::int64_t answered_days = 30;  // in which a payer decides a claim once it has an answer

inline constexpr ledger::Table<Coverage> coverages{"coverage"};             // ObjectRef
inline constexpr ledger::Table<CoverageList> coverages_of{"covered"};       // payer, member
inline constexpr ledger::Table<Claim> claims{"claim"};                      // ObjectRef
inline constexpr ledger::Table<Accumulator> accumulators{"accumulator"};    // member, year u32, plan
inline constexpr ledger::Table<Accumulator> family_accumulators{"family"};  // subscriber, year u32, plan
inline constexpr ledger::Table<LineUses> line_uses{"line"};                 // digest of what makes a line the same

// Queries: "clm/" payer || claim ref -> (empty), "cls/" submitter || claim ref, "clp/" member || claim ref.

}  // namespace carechain::care::claim
