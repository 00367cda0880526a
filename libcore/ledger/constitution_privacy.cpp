#include "libcore/ledger/constitution_privacy.hpp"

#include <set>

#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {

using encoding::YamlNode;

namespace {

const std::vector<YamlNode>& items_of(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::list) node.fail("a list is expected here");
  return node.items;
}

Jurisdiction read_jurisdiction(const YamlNode& node) {
  node.only({"code", "within"});
  Jurisdiction jurisdiction{node.at("code").text(), {}};
  if (const auto* within = node.find("within"))
    for (const YamlNode& code : items_of(*within)) jurisdiction.within.push_back(code.text());
  else
    jurisdiction.within = {jurisdiction.code};
  return jurisdiction;
}

RetentionClass read_retention(const YamlNode& node) {
  node.only({"class", "years", "basis", "jurisdiction"});
  RetentionClass retention{node.at("class").text(), node.at("years").whole(0, 200), node.at("basis").text(), {}};
  if (const auto* law = node.find("jurisdiction")) retention.jurisdiction = law->text();
  return retention;
}

std::optional<std::string> jurisdictions_fault(const Privacy& privacy) {
  std::set<std::string> codes;
  for (const Jurisdiction& jurisdiction : privacy.jurisdictions) {
    if (!is_jurisdiction_code(jurisdiction.code))
      return "'" + jurisdiction.code + "' is not a jurisdiction's code: capitals, digits and hyphens";
    if (!codes.insert(jurisdiction.code).second) return "the jurisdiction '" + jurisdiction.code + "' is listed twice";
    if (jurisdiction.within.empty()) return "records of '" + jurisdiction.code + "' could be kept nowhere";
    for (const std::string& code : jurisdiction.within)
      if (!is_jurisdiction_code(code))
        return "'" + code + "' is not a jurisdiction's code: capitals, digits and hyphens";
  }
  return std::nullopt;
}

std::optional<std::string> retention_fault(const Privacy& privacy) {
  std::set<std::string> names;
  for (const RetentionClass& retention : privacy.retention) {
    if (!is_role_word(retention.name))
      return "'" + retention.name + "' is not a retention class: lower-case letters and hyphens";
    if (!names.insert(retention.name).second) return "the retention class '" + retention.name + "' is listed twice";
    if (!is_public_name(retention.basis))
      return "the basis of '" + retention.name + "' is 1 to 64 printable characters";
    if (retention.years > 200) return "nothing is kept for more than 200 years";
    if (retention.jurisdiction && privacy.jurisdiction(*retention.jurisdiction) == nullptr)
      return "'" + *retention.jurisdiction + "' is not among the jurisdictions";
  }
  return std::nullopt;
}

}  // namespace

bool is_jurisdiction_code(std::string_view code) {
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  return !code.empty() && code.size() <= 16 && code[0] >= 'A' && code[0] <= 'Z' && std::ranges::all_of(code, fits);
}

const Jurisdiction* Privacy::jurisdiction(std::string_view code) const {
  const auto found = std::ranges::find(jurisdictions, code, &Jurisdiction::code);
  return found == jurisdictions.end() ? nullptr : &*found;
}

const RetentionClass* Privacy::retention_class(std::string_view name) const {
  const auto found = std::ranges::find(retention, name, &RetentionClass::name);
  return found == retention.end() ? nullptr : &*found;
}

Privacy read_privacy(const YamlNode& node, const KeyByName& by_name) {
  node.only({"jurisdictions", "retention", "holds", "challenge_seconds"});
  Privacy privacy;
  if (const auto* list = node.find("jurisdictions"))
    for (const YamlNode& item : items_of(*list)) privacy.jurisdictions.push_back(read_jurisdiction(item));
  if (const auto* list = node.find("retention"))
    for (const YamlNode& item : items_of(*list)) privacy.retention.push_back(read_retention(item));
  if (const auto* list = node.find("holds"))
    for (const YamlNode& item : items_of(*list)) privacy.holds.push_back(read_key_item(item, by_name));
  if (const auto* seconds = node.find("challenge_seconds"))
    privacy.challenge_seconds = seconds->whole(1, max_challenge_seconds);
  return privacy;
}

std::optional<std::string> privacy_fault(const Constitution& constitution) {
  for (const Member& member : constitution.members)
    if (member.jurisdiction && !is_jurisdiction_code(*member.jurisdiction))
      return "'" + *member.jurisdiction + "' is not a jurisdiction's code: capitals, digits and hyphens";
  if (!constitution.privacy) return std::nullopt;
  const Privacy& privacy = *constitution.privacy;
  if (auto fault = jurisdictions_fault(privacy)) return fault;
  if (auto fault = retention_fault(privacy)) return fault;
  if (std::set<PublicKey>(privacy.holds.begin(), privacy.holds.end()).size() != privacy.holds.size())
    return "an account is listed twice among those who may set legal holds";
  if (privacy.challenge_seconds &&
      (*privacy.challenge_seconds == 0 || *privacy.challenge_seconds > max_challenge_seconds))
    return "a challenge is good for 1 to 300 seconds";
  return std::nullopt;
}

}  // namespace carechain::ledger
