#include "libcore/cli/trial_event_words.hpp"

#include <algorithm>
#include <array>

#include "libcore/base/nearest.hpp"
#include "libcore/base/parallel.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::cli {

namespace {

using encoding::Value;

template <class Member>
struct Key {
  std::string_view name;
  Member EventWords::*member;
};
constexpr std::array<Key<std::string>, 27> words{{{"trial", &EventWords::trial},
                                                  {"subject", &EventWords::subject},
                                                  {"term", &EventWords::term},
                                                  {"onset", &EventWords::onset},
                                                  {"scale", &EventWords::scale},
                                                  {"grade", &EventWords::grade},
                                                  {"causality", &EventWords::causality},
                                                  {"outcome", &EventWords::outcome},
                                                  {"known", &EventWords::known},
                                                  {"late", &EventWords::late},
                                                  {"at", &EventWords::at},
                                                  {"visit", &EventWords::visit},
                                                  {"site", &EventWords::site},
                                                  {"protocol", &EventWords::version},
                                                  {"meaning", &EventWords::meaning},
                                                  {"representative", &EventWords::representative},
                                                  {"level", &EventWords::level},
                                                  {"milestone", &EventWords::milestone},
                                                  {"document", &EventWords::document},
                                                  {"decision", &EventWords::decision},
                                                  {"hold", &EventWords::hold},
                                                  {"stratum", &EventWords::stratum},
                                                  {"arm", &EventWords::arm},
                                                  {"schedule", &EventWords::schedule},
                                                  {"reason", &EventWords::reason},
                                                  {"event", &EventWords::event},
                                                  {"status", &EventWords::status}}};
constexpr std::array<Key<bool>, 3> flags{{{"serious", &EventWords::serious},
                                          {"expected", &EventWords::expected},
                                          {"not-eligible", &EventWords::not_eligible}}};
constexpr std::array<Key<std::vector<std::string>>, 2> lists{
    {{"criterion", &EventWords::criteria}, {"procedure", &EventWords::procedures}}};

template <class List>
auto* find_key(const List& list, std::string_view name) {
  const auto* row = std::ranges::find_if(list, [&](const auto& key) { return key.name == name; });
  return row == list.end() ? nullptr : row;
}

[[noreturn]] void unknown_key(const std::string& key) {
  std::vector<std::string> known;
  for (const auto& row : words) known.emplace_back(row.name);
  for (const auto& row : flags) known.emplace_back(row.name);
  for (const auto& row : lists) known.emplace_back(row.name);
  const auto meant = nearest(key, known);
  throw misuse("unknown key '" + key + "'", meant ? "did you mean '" + *meant + "'?" : "");
}

std::string word_of(const std::string& key, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) return *text;
  if (std::holds_alternative<std::uint64_t>(value)) return std::to_string(std::get<std::uint64_t>(value));
  throw misuse("'" + key + "' wants a text or a whole number");
}

void set(EventWords& event, const std::string& key, const Value& value) {
  if (const auto* word = find_key(words, key)) {
    event.*word->member = word_of(key, value);
  } else if (const auto* flag = find_key(flags, key)) {
    if (!std::holds_alternative<bool>(value)) throw misuse("'" + key + "' wants true or false");
    event.*flag->member = std::get<bool>(value);
  } else if (const auto* list = find_key(lists, key)) {
    auto& items = event.*list->member;
    items.clear();
    if (const auto* many = std::get_if<encoding::Array>(&value))
      for (const Value& item : *many) items.push_back(word_of(key, item));
    else
      items.push_back(word_of(key, value));
  } else {
    unknown_key(key);
  }
}

}  // namespace

void read_event_line(std::string_view json, EventWords& event) {
  const Value object = encoding::parse_json(json);
  const auto* members = std::get_if<encoding::Map>(&object);
  if (members == nullptr) throw misuse("not a JSON object");
  for (const auto& [key, value] : *members) set(event, key, value);
}

namespace {

struct ReadLine {
  std::string text;
  std::uint64_t number = 0;
  EventWords event = {};
  std::exception_ptr fault = {};
};

void read_in_place(ReadLine& line, const EventWords& common) {
  line.event = common;
  try {
    read_event_line(line.text, line.event);
  } catch (...) {
    line.fault = std::current_exception();
  }
}

}  // namespace

bool each_event(LineReader& lines, const EventWords& common, const std::function<void(const EventWords&)>& visit) {
  constexpr std::size_t at_once = 4096;
  bool any = false;
  for (bool more = true; more;) {
    std::vector<ReadLine> read;
    while (read.size() < at_once && more) {
      const auto line = lines.next();
      more = line.has_value();
      if (line && !line->empty()) read.push_back({std::string(*line), lines.line_number()});
    }
    parallel_for(read.size(), hardware_threads(), [&](std::size_t i) { read_in_place(read[i], common); });
    for (const ReadLine& line : read) {
      try {
        if (line.fault) std::rethrow_exception(line.fault);
        visit(line.event);
      } catch (const Error& error) {
        throw Error(lines.name() + ", line " + std::to_string(line.number) + ": " + error.what(), error.hint(),
                    error.exit());
      }
    }
    any |= !read.empty();
  }
  return any;
}

}  // namespace carechain::cli
