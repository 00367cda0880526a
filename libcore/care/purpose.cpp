#include "libcore/care/purpose.hpp"

#include <algorithm>
#include <array>

namespace carechain::care {
namespace {

struct Purpose {
  std::string_view code, parent;  // parent empty: directly under PurposeOfUse, or apart on purpose
};
constexpr std::array<Purpose, 52> purposes{{
    {"TREAT", ""},
    {"CLINTRL", "TREAT"},
    {"COC", "TREAT"},
    {"CAREMGT", "TREAT"},
    {"ETREAT", ""},
    {"BTG", "ETREAT"},
    {"ERTREAT", "ETREAT"},
    {"POPHLTH", "TREAT"},
    {"HMARKT", ""},
    {"HOPERAT", ""},
    {"DONAT", "HOPERAT"},
    {"FRAUD", "HOPERAT"},
    {"GOV", "HOPERAT"},
    {"HACCRED", "HOPERAT"},
    {"HCOMPL", "HOPERAT"},
    {"HDECD", "HOPERAT"},
    {"HDIRECT", "HOPERAT"},
    {"HDM", "HOPERAT"},
    {"HLEGAL", "HOPERAT"},
    {"HOUTCOMS", "HOPERAT"},
    {"HPRGRP", "HOPERAT"},
    {"HQUALIMP", "HOPERAT"},
    {"HSYSADMIN", "HOPERAT"},
    {"LABELING", "HOPERAT"},
    {"METAMGT", "HOPERAT"},
    {"MEMADMIN", "HOPERAT"},
    {"MILCDM", "HOPERAT"},
    {"PATADMIN", "HOPERAT"},
    {"PATSFTY", "HOPERAT"},
    {"PERFMSR", "HOPERAT"},
    {"RECORDMGT", "HOPERAT"},
    {"SYSDEV", "HOPERAT"},
    {"TRAIN", "HOPERAT"},
    {"HPAYMT", ""},
    {"CLMATTCH", "HPAYMT"},
    {"COVAUTH", "HPAYMT"},
    {"COVERAGE", "HPAYMT"},
    {"ELIGDTRM", "COVERAGE"},
    {"ELIGVER", "COVERAGE"},
    {"ENROLLM", "COVERAGE"},
    {"REMITADV", "HPAYMT"},
    {"HRESCH", ""},
    {"BIORCH", "HRESCH"},
    {"CLINTRCH", "HRESCH"},
    {"CLINTRCHNPC", "CLINTRCH"},
    {"CLINTRCHPC", "CLINTRCH"},
    {"DISEASERCH", "HRESCH"},
    {"TRANSRCH", "HRESCH"},
    {"PATRQT", ""},
    {"FAMRQT", "PATRQT"},
    {"PUBHLTH", ""},
    {"DISASTER", "PUBHLTH"},
}};

const Purpose* find(std::string_view code) {
  const auto found = std::ranges::find(purposes, code, &Purpose::code);
  return found == purposes.end() ? nullptr : &*found;
}

}  // namespace

bool is_purpose(std::string_view code) { return find(code) != nullptr; }

std::vector<std::string> purpose_codes() {
  std::vector<std::string> codes;
  for (const Purpose& purpose : purposes) codes.emplace_back(purpose.code);
  return codes;
}

bool purpose_covers(std::string_view wider, std::string_view code) {
  for (const Purpose* purpose = find(code); purpose != nullptr; purpose = find(purpose->parent))
    if (purpose->code == wider) return true;
  return false;
}

}  // namespace carechain::care
