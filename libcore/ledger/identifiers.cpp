#include <algorithm>

#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {
namespace {

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Sum of digits, weighted from the right; the rightmost is the check digit with weight 1.
int luhn_sum(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum;
}

}  // namespace

bool is_role_word(std::string_view word) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return !word.empty() && word.size() <= 32 && word.front() != '-' && std::ranges::all_of(word, fits);
}

bool is_public_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == ' ' || name.back() == ' ') return false;
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !name.starts_with("did:") && std::ranges::none_of(name, control) && encoding::is_utf8(view_of(name));
}

bool is_npi(std::string_view npi) {
  if (npi.size() != 10 || !all_digits(npi) || (npi[0] != '1' && npi[0] != '2')) return false;
  return (luhn_sum(npi) + 24) % 10 == 0;  // 24 is what the prefix 80840 adds
}

bool is_gln(std::string_view gln) {
  if (gln.size() != 13 || !all_digits(gln)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < gln.size(); ++i) sum += (gln[gln.size() - 1 - i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

}  // namespace carechain::ledger
