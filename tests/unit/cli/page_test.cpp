#include "libcore/cli/page.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "libcore/cli/describe.hpp"
#include "libcore/cli/options.hpp"

using namespace carechain;
using namespace carechain::cli;

namespace {

constexpr About about{.name = "grant",
                      .summary = "let somebody read",
                      .description = "First words\ngo on.\n\n  $ mine | grant\n\nThen see mine(1), please.",
                      .examples = "$ grant --to bob; mine\nmine is not a command here",
                      .see_also = "mine(1), carechain-ledger(5)"};

Page page(std::string_view prefix = "") {
  OptionSet set;
  static std::string ledger, level, to, file;
  static bool dry;
  add_ledger(set, ledger);
  set.add("--level", level, "how much").check(one_of({"low", "high"}));
  set.add("--to", to, "it's [for] whom: a name").type_name("WHO");
  set.add("--secret", to, "hidden").group("");
  set.add_flag("-n,--dry", dry, "only say it");
  set.add("file", file, "the file").type_name("FILE").required();
  return describe(about, prefix, set);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a page has every option but hidden ones") {
  const Page p = page();
  REQUIRE(p.options.size() == 4);
  CHECK(p.options[0].environment == "CARECHAIN_LEDGER");
  CHECK(p.options[0].required);
  CHECK(p.options[1].value == "{low,high}");
  CHECK(p.options[3].value.empty());
  REQUIRE(p.operands.size() == 1);
  CHECK(p.operands[0].long_name == "file");
  for (const auto& text : {render_help(p), render_man(p), render_bash(p), render_zsh(p), render_fish(p)}) {
    CHECK(has(text, "level"));
    CHECK_FALSE(has(text, "secret"));
  }
}

TEST_CASE("type names come from the vocabulary") {
  for (const auto* known : {"FILE", "FILE|-", "{a,b}", "FILE|NAME"}) CHECK(in_vocabulary(known));
  for (const auto* unknown : {"", "UINT", "file", "{}", "FILE|"}) CHECK_FALSE(in_vocabulary(unknown));
  OptionSet set;
  unsigned number = 0;
  set.add("--x", number, "something");
  CHECK_THROWS(describe(about, "", set));
}

TEST_CASE("text is taken apart into paragraphs and literal blocks") {
  const auto blocks = text_blocks(about.description);
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].text == "First words go on.");
  CHECK(blocks[1].literal);
  CHECK(blocks[1].text == "$ mine | grant");
}

TEST_CASE("a prefix is put before programs where a command stands") {
  CHECK(with_prefix("$ grant --to mine; mine && x | grant", "cc-") == "$ cc-grant --to mine; cc-mine && x | cc-grant");
  CHECK(with_prefix("mine is told", "cc-") == "mine is told");
  const Page p = page("cc-");
  CHECK(has(render_man(p), ".Dt CC-GRANT 1"));
  CHECK(has(render_man(p), ".Xr cc-mine 1 ,\n"));
  CHECK(has(render_man(p), ".Xr carechain-ledger 5"));
  CHECK(has(render_bash(p), "complete -F _carechain_grant cc-grant\n"));
  CHECK(has(render_zsh(p), "#compdef cc-grant\n"));
  CHECK(has(render_fish(p), "complete -c cc-grant "));
}

TEST_CASE("help wraps at 80 columns and shows what stands in for an option") {
  const std::string help = render_help(page());
  CHECK(has(help, "Usage: grant --ledger DIR [OPTION]... file\n"));
  CHECK(has(help, "(or $CARECHAIN_LEDGER)"));
  std::size_t longest = 0;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) longest = std::max(longest, line.size());
  CHECK(longest <= 80);
}
