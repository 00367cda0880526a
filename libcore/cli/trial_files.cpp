#include "libcore/cli/trial_files.hpp"

#include "libcore/base/whole.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/store/file.hpp"

namespace carechain::cli {
namespace {

using namespace care::trial;
using encoding::Value;

constexpr std::size_t max_document = std::size_t{16} << 20;

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != std::string_view::npos && text[first] == '{';
}

Schedule schedule_in(const std::string& file, const std::vector<std::uint32_t>& blocks, const Random& random) {
  if (store::exists(file)) return read_schedule(file);
  if (blocks.empty()) throw refusal("there is no schedule '" + file + "'", "with blocks: [4, 6] it is made");
  Schedule schedule;
  schedule.seed = Hash(draw<Hash::size>(random));
  schedule.blocks = blocks;
  store::write_new_file(file, view_of(schedule_text(schedule)), 0600);
  return schedule;
}

std::string text_of(const Value& row, std::string_view key, const std::string& where) {
  const Value* found = row.find(key);
  if (found == nullptr) throw refusal(where + ": '" + std::string(key) + "' is missing");
  if (const auto* text = std::get_if<std::string>(found)) return *text;
  if (std::holds_alternative<std::uint64_t>(*found) || std::holds_alternative<std::int64_t>(*found))
    return encoding::to_json(*found);
  throw refusal(where + ": '" + std::string(key) + "' is neither a text nor a number");
}
std::optional<std::string> maybe(const Value& row, std::string_view key, const std::string& where) {
  return row.find(key) == nullptr ? std::nullopt : std::optional(text_of(row, key, where));
}

GroupResult group_of(const Value& row, const std::string& where) {
  GroupResult group;
  group.arm = text_of(row, "arm", where);
  group.value = text_of(row, "value", where);
  const auto subjects = parse_whole<std::uint64_t>(text_of(row, "subjects", where));
  if (!subjects) throw refusal(where + ": 'subjects' is not a whole number");
  group.subjects = *subjects;
  group.spread = maybe(row, "spread", where);
  group.lower = maybe(row, "lower", where);
  group.upper = maybe(row, "upper", where);
  return group;
}

}  // namespace

Schedule read_schedule(const std::string& file) { return parse_schedule(read_all(file, max_document), file); }

Hash file_digest(const std::string& file) { return crypto::sha256(view_of(read_all(file, std::size_t{1} << 30))); }

Protocol read_protocol(const std::string& file, const std::string& plan, const ledger::State& state,
                       const Random& random) {
  const PlanWorld world{[&](const std::string& who) { return account_of_who(who, state); },
                        [](const std::string& name) { return file_digest(name); },
                        [&](const std::string& name, const std::vector<std::uint32_t>& blocks) {
                          return schedule_in(name, blocks, random);
                        }};
  const std::string text = read_all(file, max_document);
  Protocol protocol;
  if (looks_like_json(text)) {
    try {
      protocol = protocol_of(read_registry(text));
    } catch (const encoding::JsonFault& fault) {
      throw refusal("'" + file + "', " + fault.what());
    }
  } else {
    const encoding::YamlNode node = encoding::parse_yaml(text, file);
    check_keys(node);
    protocol = protocol_of(registry_of_yaml(node));
    read_plan(node, world, protocol);
  }
  if (plan.empty()) return protocol;
  const encoding::YamlNode node = encoding::parse_yaml(read_all(plan, max_document), plan);
  check_keys(node);
  read_plan(node, world, protocol);
  return protocol;
}

std::vector<OutcomeResult> read_results(const std::string& file) {
  const Value document = encoding::parse_json(read_all(file, max_document), true);
  const auto* list = std::get_if<encoding::Array>(&document);
  if (list == nullptr) throw refusal("'" + file + "' is not a list of results");
  std::vector<OutcomeResult> results;
  for (const Value& row : *list) {
    const std::string where = "'" + file + "', result " + std::to_string(results.size() + 1);
    OutcomeResult result;
    result.outcome = text_of(row, "outcome", where);
    result.parameter = text_of(row, "parameter", where);
    result.unit = text_of(row, "unit", where);
    result.dispersion = maybe(row, "dispersion", where);
    result.title = maybe(row, "title", where);
    const Value* post_hoc = row.find("post_hoc");
    result.post_hoc = post_hoc != nullptr && *post_hoc == Value(true);
    const Value* groups = row.find("groups");
    const auto* rows = groups == nullptr ? nullptr : std::get_if<encoding::Array>(groups);
    if (rows == nullptr) throw refusal(where + ": 'groups' is missing");
    for (const Value& group : *rows) result.groups.push_back(group_of(group, where));
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace carechain::cli
