#include "libcore/care/gs1/check_digit.hpp"

#include <array>

#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {

char check_digit(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool has_check_digit(std::string_view digits) {
  if (digits.empty() || !is_digits(digits)) return false;
  return check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

std::string check_pair(std::string_view text) {
  constexpr std::string_view cset82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view cset32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  constexpr std::array primes{2,   3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,
                              61,  67,  71,  73,  79,  83,  89,  97,  101, 103, 107, 109, 113, 127, 131, 137, 139,
                              149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233,
                              239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311, 313, 317, 331, 337,
                              347, 349, 353, 359, 367, 373, 379, 383, 389, 397, 401, 409, 419, 421, 431, 433, 439,
                              443, 449, 457, 461, 463, 467, 479, 487, 491, 499, 503, 509};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < text.size() && i < primes.size(); ++i)
    sum += cset82.find(text[text.size() - 1 - i]) * static_cast<std::size_t>(primes[i]);
  sum %= 1021;
  return {cset32[sum >> 5], cset32[sum & 31]};
}

}  // namespace carechain::care::gs1
