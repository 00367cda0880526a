#include "libcore/cli/drug_teller.hpp"

#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/gs1/epc.hpp"

namespace carechain::cli {

namespace drug = care::drug;

std::string DrugTeller::party(std::string_view gln) const {
  if (gln.empty()) return "?";
  const std::string name = drug::name_of_gln(state_, gln);
  return name.empty() ? std::string(gln) : clean(name) + " " + std::string(gln);
}

std::string DrugTeller::place(const drug::EventRow& row) const {
  if (!row.place) return "-";
  const auto gln = care::gs1::gln_of(*row.place);
  return gln.empty() ? clean(*row.place) : party(gln);
}

std::string DrugTeller::evidence(const drug::EventPlace& place) const {
  const auto hop = drug::hop_at(pool_, place);
  return hop ? drug::event_id(*hop) : std::string();
}

namespace {

std::string remarks(const DrugTeller& teller, const drug::Hop& hop, const std::string& path) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
  if (hop.row.to && hop.row.step != "receiving") add("to " + teller.party(*hop.row.to));
  if (hop.row.parent && hop.row.parent != path)
    add((hop.row.action == drug::Action::remove ? "out of " : "into ") + *hop.row.parent);
  if (hop.of != path) add("as " + hop.of);
  if (hop.row.papers)
    for (const auto& paper : *hop.row.papers) add(paper.type + " " + clean(paper.id));
  if (hop.row.error) add("declared in error: " + *hop.row.error);
  if (!hop.sealed) add("pending");
  return text;
}

void table(const DrugTeller& teller, const std::vector<drug::Hop>& hops, const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  for (const drug::Hop& hop : hops)
    rows.push_back({drug::instant_of(static_cast<std::int64_t>(hop.row.time)).substr(0, 19) + "Z",
                    hop.row.step.value_or(std::string(to_text(hop.row.kind))) + (hop.row.reported ? " ?" : ""),
                    hop.row.disposition.value_or("-"), teller.place(hop.row), remarks(teller, hop, path)});
  teller.out().table({"when", "step", "disposition", "where", ""}, rows);
}

std::string status_words(const DrugTeller& teller, const drug::Standing& standing) {
  const drug::Item& root = standing.root;
  switch (drug::status_of(standing)) {
    case drug::Status::transit:
      return "in transit from " + teller.party(root.holder.value_or("")) + " to " + teller.party(root.to.value_or(""));
    case drug::Status::here:
      return "held by " + teller.party(root.holder.value_or(""));
    case drug::Status::partly:
      return "partly dispensed by " + teller.party(root.holder.value_or(""));
    case drug::Status::dispensed:
      return "dispensed by " + teller.party(standing.item.holder.value_or(""));
    case drug::Status::destroyed:
      return "destroyed by " + teller.party(standing.item.holder.value_or(""));
    case drug::Status::decommissioned:
      return "decommissioned by " + teller.party(standing.item.holder.value_or(""));
  }
  return "";
}

}  // namespace

void tell_text(const DrugTeller& teller, const DrugWay& way) {
  const auto& [path, standing, hops, flags] = way;
  Output& out = teller.out();
  const auto gtin = care::gs1::gtin_of(path);
  const auto product = gtin.empty() ? std::nullopt : drug::products.get(teller.state(), gtin);
  out.line(path + (product ? "  " + clean(product->title) : ""));
  if (standing != nullptr) {
    const drug::Item& item = standing->item;
    if (item.lot) out.line("lot " + care::gs1::lot_of(*item.lot) + (item.expiry ? ", expires " + *item.expiry : ""));
    std::string now = status_words(teller, *standing);
    if (standing->root_path != path && !drug::is_end(item.status)) now += ", in " + standing->root_path;
    if (item.owner && standing->root.owner) now += ", owned by " + teller.party(*standing->root.owner);
    out.line(now);
    if (standing->recall) out.line("RECALLED by " + ledger::json_text(*standing->recall));
    if (item.marks)
      for (const auto& mark : *item.marks) out.line("marked " + mark);
  }
  table(teller, hops, path);
  for (const auto& flag : flags) {
    const auto& row = drug::row_of(flag.rule);
    std::string line = std::string(row.code) + " " + std::string(to_text(row.severity)) + ": " +
                       std::string(row.title) + " (" + teller.evidence(flag.place).substr(0, 16);
    for (const auto& place : flag.evidence) line += ", " + teller.evidence(place).substr(0, 16);
    out.line(line + ")");
  }
}

}  // namespace carechain::cli
