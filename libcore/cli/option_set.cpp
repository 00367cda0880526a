#include "libcore/cli/option_set.hpp"

#include <CLI/CLI.hpp>
#include <utility>

namespace carechain::cli {

Option& Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::check(const Check& check) {
  option_->transform(CLI::Validator(check.read, check.choices));
  return *this;
}

Option& Option::required(bool is) {
  option_->required(is);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option& Option::environment(const std::string& variable) {
  option_->envname(variable);
  return *this;
}

Option& Option::group(const std::string& name) {
  option_->group(name);
  return *this;
}

OptionSet::OptionSet(const std::string& program) : app_(std::make_unique<CLI::App>("", program)) {
  app_->set_help_flag();
}

OptionSet::~OptionSet() = default;

Option OptionSet::add(const std::string& names, std::string& value, const std::string& text) {
  return Option(*app_->add_option(names, value, text));
}

Option OptionSet::add(const std::string& names, std::vector<std::string>& values, const std::string& text) {
  return Option(*app_->add_option(names, values, text));
}

Option OptionSet::add_flag(const std::string& names, bool& value, const std::string& text) {
  return Option(*app_->add_flag(names, value, text));
}

Option OptionSet::add_word(const std::string& names, std::function<bool(const std::string&)> store,
                           const std::string& text) {
  CLI::Option* option = app_->add_option(
      names, [store = std::move(store)](const CLI::results_t& words) { return store(words.at(0)); }, text);
  option->type_name("VALUE");
  return Option(*option);
}

Option OptionSet::add_words(const std::string& names, std::function<bool(const std::vector<std::string>&)> store,
                            const std::string& text) {
  CLI::Option* option = app_->add_option(names, std::move(store), text);
  option->type_name("VALUE")->expected(1, CLI::detail::expected_max_vector_size);
  return Option(*option);
}

}  // namespace carechain::cli
