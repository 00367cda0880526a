#include "libcore/care/drug/stock.hpp"

#include <functional>
#include <set>

#include "libcore/care/drug/aggregation.hpp"

namespace carechain::care::drug {
namespace {

using std::string;

// Calls visit for a thing and all that is in it; false from it goes no deeper.
void walk(const ledger::State& state, const string& path, unsigned depth,
          const std::function<bool(const string&, const Item&)>& visit) {
  const auto item = items.get(state, path);
  if (!item || depth > max_nesting || !visit(path, *item)) return;
  for (const string& child : inside_of(state, path, *item)) walk(state, child, depth + 1, visit);
}

StockLine judge(const ledger::State& state, const string& path, const string& gln, const string& today) {
  const auto standing = standing_of(state, path);
  if (!standing) return {path, StockFinding::no_data, {}};
  const Status status = status_of(*standing);
  if (is_end(status)) return {path, StockFinding::gone, string(to_text(status))};
  const auto own = account_of_gln(state, gln), theirs = account_of_gln(state, standing->holder());
  const bool here = standing->holder() == gln || (own && theirs == own);
  if (status == Status::transit) {
    const bool coming = standing->root.to == gln;
    return {path, coming ? StockFinding::not_received : StockFinding::wrong_holder, standing->root.to.value_or("")};
  }
  if (!here) return {path, StockFinding::wrong_holder, standing->holder()};
  if (standing->recall) return {path, StockFinding::recalled, ledger::json_text(*standing->recall)};
  if (standing->item.marks) return {path, StockFinding::marked, standing->item.marks->front()};
  if (standing->item.expiry && *standing->item.expiry < today)
    return {path, StockFinding::expired, *standing->item.expiry};
  return {path, StockFinding::fine, {}};
}

}  // namespace

std::string_view to_text(StockFinding finding) {
  switch (finding) {
    case StockFinding::fine:
      return "fine";
    case StockFinding::no_data:
      return "product without data";
    case StockFinding::no_product:
      return "data without product";
    case StockFinding::wrong_holder:
      return "held by another";
    case StockFinding::not_received:
      return "not received";
    case StockFinding::gone:
      return "gone";
    case StockFinding::expired:
      return "expired";
    case StockFinding::recalled:
      return "recalled";
    case StockFinding::marked:
      return "marked";
  }
  return "";
}

std::vector<StockLine> reconcile(const ledger::Pool& pool, const std::vector<std::string>& scanned,
                                 const std::string& gln, Time now) {
  const ledger::State& state = pool.pending_state();
  const string today = to_text(now).substr(0, 10);
  std::vector<StockLine> lines;
  std::set<string> seen, missing;
  for (const string& path : scanned) {
    if (!seen.insert(path).second) continue;
    lines.push_back(judge(state, path, gln, today));
    walk(state, path, 0, [&](const string& inside, const Item&) {
      if (inside != path && seen.insert(inside).second) {
        auto line = judge(state, inside, gln, today);
        if (line.finding != StockFinding::fine) lines.push_back(std::move(line));
      }
      return true;
    });
  }
  const string prefix = held_prefix(gln);
  scan_notes(pool, prefix, [&](std::string_view key, std::string_view, bool) {
    const string root(key.substr(prefix.size()));
    const auto item = items.get(state, root);
    if (!item || item->parent || item->status == Status::transit || is_end(item->status) || item->holder != gln)
      return true;
    walk(state, root, 0, [&](const string& path, const Item& found) {
      if (!seen.contains(path) && !found.inside) missing.insert(path);
      return true;
    });
    return true;
  });
  for (const string& path : missing) lines.push_back({path, StockFinding::no_product, {}});
  return lines;
}

}  // namespace carechain::care::drug
