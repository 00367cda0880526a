#include "libcore/care/provisional.hpp"

#include "libcore/care/claim/claim_operations.hpp"

namespace carechain::care {

bool decided_when_sealed(std::string_view operation_name) {
  return operation_name == claim::SubmitClaim::name || operation_name == claim::ReopenClaim::name;
}

}  // namespace carechain::care
