#include "libcore/care/drug/vocabulary.hpp"

#include <algorithm>
#include <span>

namespace carechain::care::drug {
namespace {

using std::string_view;

constexpr string_view steps[] = {"accepting",
                                 "arriving",
                                 "assembling",
                                 "collecting",
                                 "commissioning",
                                 "consigning",
                                 "creating_class_instance",
                                 "cycle_counting",
                                 "decommissioning",
                                 "departing",
                                 "destroying",
                                 "disassembling",
                                 "dispensing",
                                 "encoding",
                                 "entering_exiting",
                                 "holding",
                                 "inspecting",
                                 "installing",
                                 "killing",
                                 "loading",
                                 "other",
                                 "packing",
                                 "picking",
                                 "receiving",
                                 "removing",
                                 "repackaging",
                                 "repairing",
                                 "replacing",
                                 "reserving",
                                 "retail_selling",
                                 "sampling",
                                 "sensor_reporting",
                                 "shipping",
                                 "staging_outbound",
                                 "stock_taking",
                                 "stocking",
                                 "storing",
                                 "transporting",
                                 "unloading",
                                 "unpacking",
                                 "void_shipping"};
constexpr string_view dispositions[] = {"active",
                                        "available",
                                        "completeness_inferred",
                                        "completeness_verified",
                                        "conformant",
                                        "container_closed",
                                        "container_open",
                                        "damaged",
                                        "destroyed",
                                        "dispensed",
                                        "disposed",
                                        "encoded",
                                        "expired",
                                        "in_progress",
                                        "in_transit",
                                        "inactive",
                                        "mismatch_class",
                                        "mismatch_instance",
                                        "mismatch_quantity",
                                        "needs_replacement",
                                        "no_pedigree_match",
                                        "non_conformant",
                                        "non_sellable_other",
                                        "partially_dispensed",
                                        "recalled",
                                        "reserved",
                                        "retail_sold",
                                        "returned",
                                        "sellable_accessible",
                                        "sellable_not_accessible",
                                        "stolen",
                                        "unavailable",
                                        "unknown"};
constexpr string_view papers[] = {"bol",       "cert",   "desadv", "inv",     "pedigree", "po",   "poc",
                                  "prodorder", "recadv", "rma",    "testprd", "testres",  "upevt"};
constexpr string_view party_kinds[] = {"owning_party", "possessing_party", "location"};
constexpr string_view reasons[] = {"did_not_occur", "incorrect_data"};
constexpr string_view components[] = {"x",
                                      "y",
                                      "z",
                                      "axial_distance",
                                      "azimuth",
                                      "height",
                                      "spherical_radius",
                                      "polar_angle",
                                      "elevation_angle",
                                      "easting",
                                      "northing",
                                      "latitude",
                                      "longitude",
                                      "altitude"};

struct Row {
  string_view urn, uri;
  std::span<const string_view> words;
};
constexpr Row rows[] = {{"bizstep:", "BizStep-", steps}, {"disp:", "Disp-", dispositions},
                        {"btt:", "BTT-", papers},        {"sdt:", "SDT-", party_kinds},
                        {"er:", "ER-", reasons},         {"comp:", "Comp-", components}};

constexpr string_view urn_start = "urn:epcglobal:cbv:", uri_start = "https://ref.gs1.org/cbv/", curie_start = "cbv:";

const Row& row_of(Vocabulary vocabulary) { return rows[static_cast<std::size_t>(vocabulary)]; }

}  // namespace

std::optional<std::string> term(Vocabulary vocabulary, std::string_view text) {
  const Row& row = row_of(vocabulary);
  string_view word = text;
  bool standard = text.find(':') == string_view::npos;
  for (const auto& [start, kind] : {std::pair{urn_start, row.urn}, {uri_start, row.uri}, {curie_start, row.uri}}) {
    if (!text.starts_with(start)) continue;
    standard = true;
    word = text.substr(start.size());
    if (!word.starts_with(kind)) {
      // A CBV party or paper that the standard doesn't know is somebody's extension.
      if (start == curie_start) return std::string(text);
      return std::nullopt;
    }
    word.remove_prefix(kind.size());
  }
  if (!standard) return std::string(text);
  if (std::ranges::find(row.words, word) == row.words.end()) return std::nullopt;
  return std::string(word);
}

std::string term_uri(Vocabulary vocabulary, std::string_view word) {
  if (word.find(':') != string_view::npos) return std::string(word);
  return std::string(uri_start) + std::string(row_of(vocabulary).uri) + std::string(word);
}

}  // namespace carechain::care::drug
