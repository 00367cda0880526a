// Any text is a registry record or a plan, or refused; what was read is what a chain would hold, and outcomes have ids.

#include <cstdlib>

#include "libcore/care/trial/plan.hpp"
#include "libcore/care/trial/registry.hpp"

using namespace carechain;
using namespace carechain::care::trial;

namespace {

void check(Protocol protocol) {
  if (encoding::encode(encoding::decode(protocol.registry)) != protocol.registry) std::abort();
  carry_ids({}, protocol.outcomes);
  for (const Outcome& outcome : protocol.outcomes)
    if (outcome.id.empty()) std::abort();
  if (!protocol.safety) static_cast<void>(fault_of(protocol));
  const Bytes bytes = encoding::encode_fields(protocol);
  if (encoding::encode_fields(encoding::decode_fields<Protocol>(bytes)) != bytes) std::abort();
}

void read_json(std::string_view text) {
  try {
    check(protocol_of(read_registry(text)));
  } catch (const Error& refused) {
    if (refused.exit() != Exit::no) std::abort();
  }
}

void read_yaml(std::string_view text) {
  const PlanWorld world{[](const std::string&) { return PublicKey(); }, [](const std::string&) { return Hash(); },
                        [](const std::string&, const std::vector<std::uint32_t>& blocks) {
                          Schedule schedule;
                          schedule.blocks = blocks;
                          return schedule;
                        }};
  try {
    const encoding::YamlNode node = encoding::parse_yaml(text, "fuzz.yaml");
    check_keys(node);
    Protocol protocol = protocol_of(registry_of_yaml(node));
    read_plan(node, world, protocol);
    check(std::move(protocol));
  } catch (const Error& refused) {
    if (refused.exit() != Exit::no) std::abort();
  }
  try {
    const Schedule schedule = parse_schedule(text, "fuzz.yaml");
    if (commitment_of(parse_schedule(schedule_text(schedule), "again")) != commitment_of(schedule) &&
        schedule.method == "hmac" && schedule.list.empty())
      std::abort();
  } catch (const Error& refused) {
    if (refused.exit() != Exit::no) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  read_json(text);
  read_yaml(text);
  return 0;
}
