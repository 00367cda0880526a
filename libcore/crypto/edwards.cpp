#include "libcore/crypto/edwards.hpp"

namespace carechain::crypto {
namespace {

__extension__ typedef unsigned __int128 Wide;  // NOLINT: no other spelling is let pass

constexpr std::uint64_t mask = (std::uint64_t{1} << 51) - 1;

// A number modulo p = 2^255 - 19 in five limbs of 51 bits, least significant first; a limb may be a few bits longer
// between operations.
struct Element {
  std::array<std::uint64_t, 5> limbs{};

  static Element small(std::uint64_t value) { return {{value, 0, 0, 0, 0}}; }
};

// Two rounds of carrying all limbs at once: a chain from limb to limb would wait for each. Requires limbs below 2^110,
// the highest below 2^106; the result's limbs are below 2^51 + 2^12.
inline Element carried(Wide w0, Wide w1, Wide w2, Wide w3, Wide w4) {
  const auto low = [](Wide w) { return static_cast<std::uint64_t>(w) & mask; };
  const auto high = [](Wide w) { return static_cast<std::uint64_t>(w >> 51); };
  const std::uint64_t a0 = low(w0) + 19 * high(w4);  // 2^255 = 19
  const std::uint64_t a1 = low(w1) + high(w0), a2 = low(w2) + high(w1), a3 = low(w3) + high(w2),
                      a4 = low(w4) + high(w3);
  return {{(a0 & mask) + 19 * (a4 >> 51), (a1 & mask) + (a0 >> 51), (a2 & mask) + (a1 >> 51), (a3 & mask) + (a2 >> 51),
           (a4 & mask) + (a3 >> 51)}};
}

Element operator*(const Element& x, const Element& y) {
  const auto& [a0, a1, a2, a3, a4] = x.limbs;
  const auto& [b0, b1, b2, b3, b4] = y.limbs;
  const std::uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
  return carried(Wide{a0} * b0 + Wide{a1} * c4 + Wide{a2} * c3 + Wide{a3} * c2 + Wide{a4} * c1,
                 Wide{a0} * b1 + Wide{a1} * b0 + Wide{a2} * c4 + Wide{a3} * c3 + Wide{a4} * c2,
                 Wide{a0} * b2 + Wide{a1} * b1 + Wide{a2} * b0 + Wide{a3} * c4 + Wide{a4} * c3,
                 Wide{a0} * b3 + Wide{a1} * b2 + Wide{a2} * b1 + Wide{a3} * b0 + Wide{a4} * c4,
                 Wide{a0} * b4 + Wide{a1} * b3 + Wide{a2} * b2 + Wide{a3} * b1 + Wide{a4} * b0);
}

// In scalars from end to end: limbs on their way through memory would triple the time.
Element squared(const Element& x, unsigned times = 1) {
  auto [a0, a1, a2, a3, a4] = x.limbs;
  for (; times > 0; --times) {
    const std::uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, c3 = 19 * a3, c4 = 19 * a4;
    const Wide w0 = Wide{a0} * a0 + Wide{d1} * c4 + Wide{d2} * c3;
    const Wide w1 = Wide{d0} * a1 + Wide{d2} * c4 + Wide{a3} * c3;
    const Wide w2 = Wide{d0} * a2 + Wide{a1} * a1 + Wide{2 * a3} * c4;
    const Wide w3 = Wide{d0} * a3 + Wide{d1} * a2 + Wide{a4} * c4;
    const Wide w4 = Wide{d0} * a4 + Wide{d1} * a3 + Wide{a2} * a2;
    const Element next = carried(w0, w1, w2, w3, w4);
    a0 = next.limbs[0], a1 = next.limbs[1], a2 = next.limbs[2], a3 = next.limbs[3], a4 = next.limbs[4];
  }
  return {{a0, a1, a2, a3, a4}};
}

Element carried(const std::array<std::uint64_t, 5>& a) { return carried(a[0], a[1], a[2], a[3], a[4]); }

Element operator+(const Element& x, const Element& y) {
  std::array<std::uint64_t, 5> sum;
  for (std::size_t i = 0; i < 5; ++i) sum[i] = x.limbs[i] + y.limbs[i];
  return carried(sum);
}

Element operator-(const Element& x, const Element& y) {
  constexpr std::array<std::uint64_t, 5> twice_p{2 * (mask - 18), 2 * mask, 2 * mask, 2 * mask, 2 * mask};
  std::array<std::uint64_t, 5> difference;
  for (std::size_t i = 0; i < 5; ++i) difference[i] = x.limbs[i] + twice_p[i] - y.limbs[i];
  return carried(difference);
}

// x^(2^250 - 1), on the way to both exponents below.
Element nearly_all_ones(const Element& x) {
  const Element ones5 = [&] {
    const Element ones2 = squared(x) * x;
    const Element ones4 = squared(ones2, 2) * ones2;
    return squared(ones4) * x;
  }();
  const Element ones10 = squared(ones5, 5) * ones5;
  const Element ones20 = squared(ones10, 10) * ones10;
  const Element ones40 = squared(ones20, 20) * ones20;
  const Element ones50 = squared(ones40, 10) * ones10;
  const Element ones100 = squared(ones50, 50) * ones50;
  const Element ones200 = squared(ones100, 100) * ones100;
  return squared(ones200, 50) * ones50;
}

Element inverse(const Element& x) {  // x^(p - 2), p - 2 = (2^250 - 1) 2^5 + 11
  const Element x8 = squared(x, 3);
  return squared(nearly_all_ones(x), 5) * (x8 * squared(x) * x);
}

// Euler's criterion: 1 for squares, 0 for 0, else -1. (p - 1) / 2 = (2^250 - 1) 2^4 + 6.
Element residue(const Element& x) {
  const Element x2 = squared(x);
  return squared(nearly_all_ones(x), 4) * (squared(x2) * x2);
}

std::array<std::uint8_t, 32> encoded(const Element& x) {
  Element e = carried(x.limbs);  // below 2p
  std::uint64_t over = 19;       // e >= p when e + 19 >= 2^255
  for (const std::uint64_t limb : e.limbs) over = (over + limb) >> 51;
  e.limbs[0] += 19 * over;
  for (std::size_t i = 0; i < 4; ++i) {
    e.limbs[i + 1] += e.limbs[i] >> 51;
    e.limbs[i] &= mask;
  }
  e.limbs[4] &= mask;
  std::array<std::uint8_t, 32> bytes;
  for (std::size_t i = 0; i < 4; ++i)  // word i holds the rest of limb i and the beginning of limb i + 1
    store_le(bytes.data() + 8 * i, e.limbs[i] >> (13 * i) | e.limbs[i + 1] << (51 - 13 * i));
  return bytes;
}

Element y_of(const PublicKey& key) {
  const auto word = [&](std::size_t at) { return load_le<std::uint64_t>(key.data() + at); };
  return {{word(0) & mask, word(6) >> 3 & mask, word(12) >> 6 & mask, word(19) >> 1 & mask, word(24) >> 12 & mask}};
}

}  // namespace

// x^2 = (y^2 - 1) / (d y^2 + 1) has a root when numerator times denominator is a square or zero; with
// d = -121665/121666 the denominator may be multiplied by 121666, and the numerator too, without changing that.
bool on_curve(const PublicKey& key) {
  const Element y2 = squared(y_of(key));
  const Element numerator = (y2 - Element::small(1)) * Element::small(121666);
  const Element denominator = Element::small(121666) - y2 * Element::small(121665);
  const Element minus_one = Element() - Element::small(1);
  return encoded(residue(numerator * denominator)) != encoded(minus_one);
}

std::array<std::uint8_t, 32> montgomery_u(const PublicKey& key) {
  const Element y = y_of(key);
  return encoded((y + Element::small(1)) * inverse(Element::small(1) - y));
}

}  // namespace carechain::crypto
