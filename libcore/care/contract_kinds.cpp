#include "libcore/care/contract_kinds.hpp"

#include "libcore/care/claim/plan_kind.hpp"

namespace carechain::care {

const contract::ContractKinds& all_contract_kinds() {
  static const contract::ContractKinds kinds{claim::plan_kind()};
  return kinds;
}

}  // namespace carechain::care
