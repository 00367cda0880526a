#include <algorithm>

#include "libcore/care/claim/claim_answers.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care::claim {
namespace {

// Texts from elsewhere hold no separators.
std::string plain(std::string_view text, std::size_t longest = 60) {
  std::string made(text.substr(0, longest));
  for (char& c : made)
    if (c == '*' || c == '~' || c == ':' || c == '^' || c < 0x20) c = '-';
  return made;
}

std::string amount(std::int64_t cents) {
  std::string text = money_text(cents);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string day(Time time) {
  const std::string text = to_text(time);
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2);
}

class Writer {
 public:
  void segment(const std::string& text) {
    text_ += text + "~\n";
    ++count_;
  }
  void begin_set(const std::string& text) {
    count_ = 0;
    segment(text);
  }
  std::size_t count() const { return count_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

// CLP02: how the claim was processed.
std::string status_of(const RemittanceItem& item) {
  if (item.reversal) return "22";
  if (item.claim.state == "denied") return "4";
  return item.claim.submitted.prior.empty() ? "1" : item.claim.submitted.prior.size() == 1 ? "2" : "3";
}

void put_line(Writer& to, const Line& line, const LineDecision& decision, std::int64_t sign) {
  std::string code = "HC:" + plain(line.code, 48);
  for (const std::string& modifier : line.modifiers) code += ':' + plain(modifier, 2);
  to.segment("SVC*" + code + '*' + amount(sign * line.charge) + '*' + amount(sign * decision.paid) + "**" +
             std::to_string(line.units));
  to.segment("DTM*472*" + day(line.from));
  for (const Adjustment& adjustment : decision.adjustments)
    to.segment("CAS*" + adjustment.group + '*' + adjustment.reason + '*' + amount(sign * adjustment.amount));
  for (const Adjustment& adjustment : decision.adjustments)
    if (adjustment.remark) to.segment("LQ*HE*" + *adjustment.remark);
}

std::int64_t patient_share(const Claim& claim) {
  std::int64_t sum = 0;
  for (const LineDecision& line : claim.lines)
    for (const Adjustment& adjustment : line.adjustments)
      if (adjustment.group == "PR") sum += adjustment.amount;
  return sum;
}

// Line charges may differ from the claim's total only where it was denied for that; the remittance tells the lines'.
std::int64_t charge_of(const Claim& claim) {
  std::int64_t sum = 0;
  for (const Line& line : claim.submitted.lines) sum += line.charge;
  return sum;
}

void put_claim(Writer& to, const RemittanceItem& item) {
  const Claim& claim = item.claim;
  const std::int64_t sign = item.reversal ? -1 : 1;
  const std::string id = ledger::json_text(item.ref);
  const std::string number = id.substr(0, 20) + '-' + id.substr(65);
  to.segment("CLP*" + number + '*' + status_of(item) + '*' + amount(sign * charge_of(claim)) + '*' +
             amount(sign * claim.paid) + '*' + (item.reversal ? std::string("0") : amount(patient_share(claim))) +
             "*12*" + number + "*11*" + std::to_string(claim.submitted.frequency));
  to.segment("NM1*QC*1******MI*" + encoding::did_key(claim.submitted.member));
  to.segment("DTM*232*" + day(claim.submitted.from));
  to.segment("DTM*233*" + day(claim.submitted.to));
  for (std::size_t i = 0; i < claim.lines.size(); ++i) put_line(to, claim.submitted.lines[i], claim.lines[i], sign);
}

}  // namespace

std::string remittance_835(const Remittance& remittance, std::uint64_t control) {
  std::int64_t sum = 0;
  for (const RemittanceItem& item : remittance.items) sum += item.reversal ? -item.claim.paid : item.claim.paid;
  std::string number = std::to_string(control % 1'000'000'000);
  number.insert(0, 9 - number.size(), '0');
  const std::string date = day(remittance.when);
  Writer to;
  to.segment("ISA*00*          *00*          *ZZ*CARECHAIN      *ZZ*PROVIDER       *" + date.substr(2) +
             "*0000*^*00501*" + number + "*0*P*:");
  to.segment("GS*HP*CARECHAIN*PROVIDER*" + date + "*0000*" + std::to_string(control % 1'000'000'000) +
             "*X*005010X221A1");
  to.begin_set("ST*835*0001");
  to.segment("BPR*I*" + amount(std::max<std::int64_t>(sum, 0)) + "*C*NON************" + date);
  to.segment("TRN*1*" + plain(remittance.trace, 50) + "*1999999999");
  to.segment("DTM*405*" + date);
  to.segment("N1*PR*" + plain(remittance.payer_name.empty() ? "PAYER" : remittance.payer_name));
  const std::string npi = remittance.payee_npi.empty() ? std::string() : "*XX*" + plain(remittance.payee_npi, 10);
  to.segment("N1*PE*" + plain(remittance.payee_name.empty() ? "PROVIDER" : remittance.payee_name) + npi);
  to.segment("LX*1");
  for (const RemittanceItem& item : remittance.items) put_claim(to, item);
  if (sum < 0)
    to.segment("PLB*" + plain(remittance.payee_npi, 10) + '*' + date.substr(0, 4) +
               "1231*FB:" + plain(remittance.trace, 20) + '*' + amount(sum));
  to.segment("SE*" + std::to_string(to.count() + 1) + "*0001");
  to.segment("GE*1*" + std::to_string(control % 1'000'000'000));
  to.segment("IEA*1*" + number);
  return to.take();
}

}  // namespace carechain::care::claim
