// mdoc(7), as mandoc and groff read it. The date is the format's, so that the same program gives the same page.

#include <algorithm>
#include <cctype>
#include <sstream>

#include "libcore/cli/catalog.hpp"
#include "libcore/cli/page.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view page_date = "November 21, 2026";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

struct Reference {
  std::string name, section, after;
};

// "mine(1)," as its parts; no name: the word is no reference.
Reference reference_in(std::string_view word, std::string_view prefix) {
  const auto open = word.find('(');
  if (open == std::string_view::npos || open == 0 || word.size() < open + 3 || word[open + 2] != ')') return {};
  const std::string_view name = word.substr(0, open);
  const bool named = std::ranges::all_of(name, [](char c) { return (std::islower(c) != 0) || c == '-'; });
  if (!named || std::isdigit(word[open + 1]) == 0) return {};
  const std::string before(find_program(name) != nullptr ? prefix : "");
  return {before + std::string(name), std::string(1, word[open + 1]), std::string(word.substr(open + 3))};
}

// Prose: a line for each sentence and each reference, as mdoc wants it.
std::string prose(std::string_view text, std::string_view prefix) {
  std::string out, line;
  const auto end_line = [&] {
    if (!line.empty()) out += escaped(line) + '\n';
    line.clear();
  };
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (const auto [name, section, after] = reference_in(word, prefix); !name.empty()) {
      end_line();
      out.append(".Xr ").append(name).append(" ").append(section);
      out.append(after.empty() ? "" : " ").append(after).append("\n");
      continue;
    }
    line += (line.empty() ? "" : " ") + word;
    if (word.size() > 2 && (word.ends_with('.') || word.ends_with(':')) && word != "e.g.") end_line();
  }
  end_line();
  return out;
}

std::string literal(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string out = ".Bd -literal -offset indent\n";
  for (std::string line; std::getline(lines, line);) out += escaped(line) + '\n';
  return out + ".Ed\n";
}

std::string paragraphs(std::string_view text, std::string_view prefix) {
  std::string out;
  bool after_prose = false;
  for (const auto& block : text_blocks(text)) {
    if (after_prose && !block.literal) out += ".Pp\n";
    out += block.literal ? literal(with_prefix(block.text, prefix)) : prose(block.text, prefix);
    after_prose = true;
  }
  return out;
}

std::string flags(const OptionDoc& option) {
  std::string out = option.short_name.empty() ? "" : "Fl " + option.short_name + " , ";
  out += "Fl -" + option.long_name;
  return option.value.empty() ? out : out + " Ar " + option.value;
}

std::string synopsis(const Page& page) {
  std::string out = ".Nm\n";
  for (const auto& option : page.options) {
    if (option.required) out += ".Fl -" + option.long_name + " Ar " + option.value + '\n';
  }
  out += ".Op Ar option ...\n";
  for (const auto& operand : page.operands) {
    out += (operand.required ? ".Ar " : ".Op Ar ") + operand.long_name + (operand.repeatable ? " ..." : "") + '\n';
  }
  return out;
}

std::string explained(const OptionDoc& option, std::string_view prefix) {
  std::string text = option.text + '.';
  if (option.repeatable) text += " May be repeated.";
  if (!option.default_text.empty()) text += " Default: " + option.default_text + '.';
  text.front() = static_cast<char>(std::toupper(text.front()));
  std::string out = prose(text, prefix);
  if (!option.environment.empty()) out += ".Ev " + option.environment + "\nstands in for it.\n";
  return out;
}

std::string option_list(const Page& page) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const auto& operand : page.operands) {
    out += ".It Ar " + operand.long_name + '\n' + explained(operand, page.prefix);
  }
  for (const bool common : {false, true}) {
    for (const auto& option : page.options) {
      if (option.common == common) out += ".It " + flags(option) + '\n' + explained(option, page.prefix);
    }
  }
  return out + ".El\n";
}

std::string environment(const Page& page) {
  std::string out;
  for (const auto& option : page.options) {
    if (option.environment.empty()) continue;
    out += ".It Ev " + option.environment + "\nUsed where\n.Fl -" + option.long_name + "\nis not given.\n";
  }
  out += ".It Ev CARECHAIN_KEYS\nThe directory of key files; otherwise\n.Pa ~/.config/carechain/keys .\n";
  return ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n" + out + ".El\n";
}

std::string exit_status(const Page& page) {
  return ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
         ".It 0\nDone, or the answer is yes.\n"
         ".It 1\nThe answer is no: refused, broken, denied, or there is no such thing.\n"
         ".It 2\nThe command line makes no sense.\n"
         ".It 3\nIt could not be found out: input or output failed, a key is missing, something is locked.\n.El\n" +
         (page.about.exit_status.empty() ? "" : ".Pp\n" + paragraphs(page.about.exit_status, page.prefix));
}

std::string see_also(const Page& page) {
  std::vector<Reference> all;
  std::istringstream words{std::string(page.about.see_also)};
  for (std::string word; words >> word;) {
    if (auto reference = reference_in(word, page.prefix); !reference.name.empty()) all.push_back(reference);
  }
  if (page.about.name != "carechain") all.push_back({page.prefix + "carechain", "1", ""});
  std::ranges::sort(all, {}, [](const Reference& r) { return r.section + r.name; });
  const auto same_page = [](const Reference& a, const Reference& b) {
    return a.section + a.name == b.section + b.name;
  };
  all.erase(std::unique(all.begin(), all.end(), same_page), all.end());
  std::string out;
  for (const auto& r : all) out += (out.empty() ? "" : " ,\n") + (".Xr " + r.name + ' ' + r.section);
  return all.empty() ? out : ".Sh SEE ALSO\n" + out + '\n';
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

std::string render_man(const Page& page) {
  std::string out = ".Dd " + std::string(page_date) + "\n.Dt " + upper(page.name()) + " 1\n.Os carechain\n";
  out += ".Sh NAME\n.Nm " + page.name() + "\n.Nd " + std::string(page.about.summary) + '\n';
  out += ".Sh SYNOPSIS\n" + synopsis(page);
  out += ".Sh DESCRIPTION\n" + paragraphs(page.about.description, page.prefix) + ".Pp\nThe options are as follows:\n";
  out += option_list(page) + environment(page) + exit_status(page);
  if (!page.about.examples.empty()) {
    out += ".Sh EXAMPLES\n" + literal(with_prefix(page.about.examples, page.prefix));
  }
  return out + see_also(page);
}

}  // namespace carechain::cli
