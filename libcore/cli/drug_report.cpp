#include "libcore/cli/drug_report.hpp"

#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {

namespace drug = care::drug;
using encoding::JsonWriter;

namespace {

void report_json(Output& out, const drug::LotReport& report, const std::string& type, const std::string& id) {
  Envelope envelope;
  envelope.type = type;
  envelope.id = id;
  JsonWriter json;
  json.begin_object().key("commissioned").value(report.commissioned).key("held").begin_array();
  for (const auto& [gln, units] : report.held)
    json.begin_object().key("holder").value(gln).key("units").value(units).end_object();
  json.end_array().key("in_transit").begin_array();
  for (const auto& [way, units] : report.in_transit)
    json.begin_object()
        .key("from")
        .value(way.substr(0, way.find(' ')))
        .key("to")
        .value(way.substr(way.find(' ') + 1))
        .key("units")
        .value(units)
        .end_object();
  json.end_array().key("dispensed").value(report.dispensed).key("destroyed").value(report.destroyed);
  json.key("decommissioned").value(report.decommissioned).key("unaccounted").value(report.unaccounted);
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

}  // namespace

Exit tell_report(const DrugTeller& teller, const drug::LotReport& report, const std::string& type,
                 const std::string& id) {
  Output& out = teller.out();
  if (out.json()) {
    report_json(out, report, type, id);
  } else {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [gln, units] : report.held)
      rows.push_back({"held by " + teller.party(gln), std::to_string(units)});
    for (const auto& [way, units] : report.in_transit)
      rows.push_back({"on the way from " + teller.party(way.substr(0, way.find(' '))) + " to " +
                          teller.party(way.substr(way.find(' ') + 1)),
                      std::to_string(units)});
    rows.push_back({"dispensed", std::to_string(report.dispensed)});
    rows.push_back({"destroyed", std::to_string(report.destroyed)});
    rows.push_back({"decommissioned", std::to_string(report.decommissioned)});
    rows.push_back({"unaccounted for", std::to_string(report.unaccounted)});
    rows.push_back({"commissioned", std::to_string(report.commissioned)});
    out.table({"", "units"}, rows);
  }
  return report.unaccounted == 0 ? Exit::ok : Exit::no;
}

Exit tell_flags(const DrugTeller& teller) {
  std::vector<std::vector<std::string>> rows;
  drug::all_flags(teller.pool(), [&](const drug::FoundFlag& flag) {
    const auto& row = drug::row_of(flag.rule);
    rows.push_back({flag.of, std::string(row.code), std::string(to_text(row.severity)), std::string(row.title)});
    if (!teller.out().json()) return;
    Envelope envelope;
    envelope.type = "drug.flag";
    envelope.id = teller.evidence(flag.place);
    envelope.ids = {*envelope.id};
    envelope.status = flag.sealed ? "sealed" : "pending";
    envelope.ledger = encoding::hex(teller.pool().ledger().id().view());
    JsonWriter json;
    json.begin_object()
        .key("thing")
        .value(flag.of)
        .key("code")
        .value(row.code)
        .key("severity")
        .value(to_text(row.severity));
    envelope.data = json.key("title").value(row.title).end_object().take();
    teller.out().envelope(envelope);
  });
  if (!teller.out().json()) teller.out().table({"thing", "rule", "severity", ""}, rows);
  return Exit::ok;
}

}  // namespace carechain::cli
