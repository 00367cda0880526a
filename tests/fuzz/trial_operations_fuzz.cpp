// Any bytes are the fields of an operation of trials, in exactly one encoding, or are refused; the first byte says of
// which.

#include <cstdlib>

#include "libcore/care/trial/operations.hpp"

using namespace carechain;
using namespace carechain::care::trial;

namespace {

template <class Operation>
void check(ByteView bytes) {
  try {
    const auto operation = encoding::decode_fields<Operation>(bytes);
    if (!same(encoding::encode_fields(operation), bytes)) std::abort();
    encoding::JsonWriter json;
    encoding::json_fields(operation, json);
    static_cast<void>(encoding::parse_json(json.text()));
    if constexpr (requires { operation.protocol; }) {
      if (!operation.protocol.safety) static_cast<void>(fault_of(operation.protocol));
    }
    if constexpr (requires { operation.schedule; }) {
      const std::vector<Arm> arms{{"a", "A", "", 2}, {"b", "B", "", 1}};
      if (fault_of(operation.schedule, arms).empty()) {
        const auto arm = arm_of(operation.schedule, arms, "all", 3);
        if (arm && *arm != "a" && *arm != "b") std::abort();
      }
    }
  } catch (const encoding::CborFault&) {
  }
}

template <class... Operation>
void check_one(std::size_t which, ByteView bytes) {
  void (*const checks[])(ByteView) = {check<Operation>...};
  checks[which % sizeof...(Operation)](bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  check_one<RegisterTrial, AmendTrial, AdoptVersion, GiveConsent, Countersign, Withdraw, EnrollSubject, Randomise,
            RecordVisit, ExcludeVisit, CompleteSubject, AdverseEvent, ReportEvent, LiftHold, ReachMilestone,
            RevealSchedule, PublishTrial, AcknowledgePayment>(data[0], {data + 1, size - 1});
  return 0;
}
