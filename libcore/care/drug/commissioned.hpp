#pragma once
// What the ledger knows of a unit or lot that its label says.

#include <optional>
#include <string>

#include "libcore/base/time.hpp"
#include "libcore/care/drug/trace.hpp"

namespace carechain::care::drug {

struct Commissioned {
  std::optional<Status> status;  // of a unit; nullopt: a lot
  std::optional<std::string> lot, expires, made;
  std::string place;         // GLN of where it was commissioned; empty: unknown
  std::optional<Time> time;  // when it was
};
// Of the path of a unit, case or lot; nullopt: it was never commissioned.
std::optional<Commissioned> commissioned(const ledger::Pool&, const std::string& path);

}  // namespace carechain::care::drug
