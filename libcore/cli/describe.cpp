#include "libcore/cli/describe.hpp"

#include <CLI/CLI.hpp>
#include <stdexcept>

#include "libcore/cli/command_line.hpp"
#include "libcore/cli/option_set.hpp"

namespace carechain::cli {
namespace {

// CLI11 gives "TYPE:{a,b}" where a validator describes itself.
std::string value_of(const CLI::Option& option) {
  if (is_flag(option)) return "";
  const std::string type = option.get_type_name();
  const auto choice = type.find(":{");
  return choice == std::string::npos ? type : type.substr(choice + 1);
}

OptionDoc document(const CLI::Option& option) {
  OptionDoc doc;
  doc.long_name = long_name(option);
  if (!option.get_snames().empty()) doc.short_name = option.get_snames().front();
  doc.value = value_of(option);
  doc.text = option.get_description();
  doc.environment = option.get_envname();
  doc.default_text = option.get_default_str();
  doc.required = option.get_required();
  doc.repeatable = is_repeatable(option);
  doc.common = option.get_group() == common_group;
  if (doc.text.empty()) throw std::logic_error("option --" + doc.long_name + " has no description");
  if (!doc.value.empty() && !in_vocabulary(doc.value)) {
    throw std::logic_error("option --" + doc.long_name + ": type name " + doc.value + " is not in the vocabulary");
  }
  return doc;
}

}  // namespace

Page describe(const About& about, std::string_view prefix, const OptionSet& set) {
  Page page{about, std::string(prefix), {}, {}};
  for (const CLI::Option* option : set.app().get_options()) {
    if (!is_hidden(*option)) (is_operand(*option) ? page.operands : page.options).push_back(document(*option));
  }
  return page;
}

}  // namespace carechain::cli
