#include "libcore/care/gs1/label.hpp"

#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string;

string yymmdd(const string& date) {
  const auto digits = yymmdd_of_date(date);
  if (!digits) throw Gs1Fault("'" + date + "' is no date", "YYYY-MM-DD");
  return *digits;
}

// 8008: YYMMDDhhmmss of YYYY-MM-DDThh:mm:ssZ.
string digits_of_time(const string& time) {
  return yymmdd(time.substr(0, 10)) + time.substr(11, 2) + time.substr(14, 2) + time.substr(17, 2);
}
string time_of_digits(const string& digits, int year) {
  const auto part = [&](std::size_t at) { return digits.size() >= at + 2 ? digits.substr(at, 2) : string("00"); };
  return date_of_yymmdd(digits.substr(0, 6), year).value_or("") + "T" + part(6) + ":" + part(8) + ":" + part(10) + "Z";
}

void add(Elements& elements, const char* identifier, const string& value) {
  if (!value.empty()) elements.push_back({identifier, value});
}

}  // namespace

Label label_of(const Elements& elements, int year) {
  Label label;
  for (const auto& [identifier, value] : elements) {
    if (identifier == "00")
      label.sscc = value;
    else if (identifier == "01")
      label.gtin = value;
    else if (identifier == "10")
      label.lot = value;
    else if (identifier == "11")
      label.made = date_of_yymmdd(value, year);
    else if (identifier == "17")
      label.expires = date_of_yymmdd(value, year);
    else if (identifier == "21")
      label.serial = value;
    else if (identifier == "416")
      label.place = value;
    else if (identifier == "8008")
      label.time = time_of_digits(value, year);
    else
      label.others.push_back({identifier, value});
  }
  return label;
}

Elements elements_of(const Label& label) {
  Elements elements;
  add(elements, "00", label.sscc);
  add(elements, "01", label.gtin);
  if (label.made) add(elements, "11", yymmdd(*label.made));
  if (label.expires) add(elements, "17", yymmdd(*label.expires));
  add(elements, "416", label.place);
  if (label.time) add(elements, "8008", digits_of_time(*label.time));
  elements.insert(elements.end(), label.others.begin(), label.others.end());
  add(elements, "10", label.lot);
  add(elements, "21", label.serial);
  for (const Element& element : elements) check_element(element);
  if (const auto fault = association_fault(elements)) throw Gs1Fault(*fault);
  return elements;
}

std::vector<std::string> lines_of(const Label& label) {
  std::vector<string> lines;
  const auto say = [&](const char* word, const string& value) {
    if (!value.empty()) lines.push_back(*word == 0 ? value : string(word) + " " + value);
  };
  say("", label.name);
  say("SSCC", label.sscc);
  say("GTIN", label.gtin);
  say("SN", label.serial);
  say("LOT", label.lot);
  say("MFD", label.made.value_or(""));
  say("EXP", label.expires.value_or(""));
  say("MADE AT", label.place);
  say("MADE ON", label.time.value_or(""));
  for (const auto& [identifier, value] : label.others) lines.emplace_back("(" + identifier + ") " + value);
  return lines;
}

}  // namespace carechain::care::gs1
