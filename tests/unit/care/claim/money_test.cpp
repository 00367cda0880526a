#include "libcore/care/claim/money.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace carechain::care::claim;

TEST_CASE("the worked examples of cost sharing come out to the cent") {
  Terms deductible{
      .charge = 100'000, .fee = 65'000, .limit_left = {}, .deductible_left = 12'000, .out_of_pocket_left = 30'000};
  deductible.coinsurance = 2000;
  const Shares first = share(deductible);
  CHECK(first.contractual == 35'000);
  CHECK(first.deductible == 12'000);
  CHECK(first.coinsurance == 10'600);
  CHECK(first.paid == 42'400);

  Terms capped = deductible;
  capped.charge = 500'000;
  capped.fee = 400'000;
  const Shares second = share(capped);
  CHECK(second.deductible == 12'000);
  CHECK(second.coinsurance == 18'000);
  CHECK(second.paid == 370'000);

  const Terms copay{.charge = 15'000,
                    .fee = 9'500,
                    .limit_left = {},
                    .deductible_left = 0,
                    .out_of_pocket_left = 1'000'000,
                    .deductible_applies = false,
                    .copay = 3'000};
  CHECK(share(copay).copay == 3'000);
  CHECK(share(copay).paid == 6'500);

  const Terms odd{.charge = 3'333,
                  .fee = 3'333,
                  .limit_left = {},
                  .deductible_left = 0,
                  .out_of_pocket_left = 1'000'000,
                  .deductible_applies = true,
                  .copay = 0,
                  .coinsurance = 2000};
  CHECK(share(odd).coinsurance == 667);

  const Terms limited{.charge = 80'000,
                      .fee = 60'000,
                      .limit_left = 25'000,
                      .deductible_left = 0,
                      .out_of_pocket_left = 1'000'000,
                      .deductible_applies = true,
                      .copay = 0,
                      .coinsurance = 3000};
  const Shares last = share(limited);
  CHECK(last.over_limit == 35'000);
  CHECK(last.coinsurance == 7'500);
  CHECK(last.paid == 17'500);
  CHECK(last.contractual == 20'000);
}

TEST_CASE("charge is always what is paid, written off, over the limit and the patient's") {
  std::mt19937_64 random(5);
  const auto upto = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
  };
  for (int i = 0; i < 100'000; ++i) {
    Terms terms{.charge = upto(1'000'000),
                .fee = upto(1'200'000) - 1000,
                .limit_left = {},
                .deductible_left = upto(300'000),
                .out_of_pocket_left = upto(400'000),
                .deductible_applies = upto(1) == 1,
                .copay = upto(9'000),
                .coinsurance = upto(11'000),
                .copay_first = upto(1) == 1,
                .coinsurance_on_deducted = upto(1) == 1};
    if (upto(1) == 1) terms.limit_left = upto(500'000) - 1000;
    const Shares shares = share(terms);
    REQUIRE(balanced(terms, shares));
    REQUIRE(shares.patient() <= terms.out_of_pocket_left);
    REQUIRE(shares.deductible <= terms.deductible_left);
  }
}

TEST_CASE("a later payer never pays more than is unpaid") {
  CHECK(later_payment(10'000, 8'000, 6'000, false) == 4'000);
  CHECK(later_payment(10'000, 8'000, 6'000, true) == 2'000);
  CHECK(later_payment(10'000, 8'000, 9'000, true) == 0);
  CHECK(later_payment(10'000, 8'000, 12'000, false) == 0);
}
