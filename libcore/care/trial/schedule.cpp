// Randomisation schedules: committed to before, revealed after, recomputed by anyone.
#include <algorithm>
#include <numeric>

#include "libcore/care/trial/operations.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care::trial {
namespace {

Hash draw(const Schedule& schedule, const std::string& stratum, std::uint8_t what, std::uint32_t number) {
  Bytes message = bytes_of(stratum);
  message.push_back(what);
  message.resize(message.size() + 4);
  store_be(message.data() + message.size() - 4, number);
  return crypto::hmac_sha256(schedule.seed.view(), message);
}

std::uint32_t total_weight(const std::vector<Arm>& arms) {
  return std::accumulate(arms.begin(), arms.end(), 0u,
                         [](std::uint32_t sum, const Arm& arm) { return sum + arm.weight; });
}

std::uint32_t block_size(const Schedule& schedule, const std::string& stratum, std::uint32_t block) {
  const std::uint64_t drawn = load_be<std::uint64_t>(draw(schedule, stratum, 1, block).view().data());
  return schedule.blocks[drawn % schedule.blocks.size()];
}

std::string arm_in_block(const std::vector<Arm>& arms, std::uint32_t size, std::uint32_t rank) {
  const std::uint32_t weights = total_weight(arms);
  if (weights == 0) throw std::logic_error("a registered protocol has arms, each with a weight");
  const std::uint32_t times = size / weights;
  for (const Arm& arm : arms) {
    if (rank < arm.weight * times) return arm.id;
    rank -= arm.weight * times;
  }
  return arms.back().id;
}

}  // namespace

Hash commitment_of(const Schedule& schedule) {
  Bytes text = bytes_of("carechain/randomisation/1");
  text.push_back(0);
  append(text, encoding::encode_fields(schedule));
  return crypto::sha256(text);
}

std::string fault_of(const Schedule& schedule, const std::vector<Arm>& arms) {
  if (schedule.method == "list") {
    for (const StratumList& list : schedule.list)
      for (const std::string& arm : list.arms)
        if (std::ranges::find(arms, arm, &Arm::id) == arms.end())
          return "the schedule names an unknown arm '" + arm + "'";
    return schedule.list.empty() ? "the schedule is empty" : "";
  }
  if (schedule.method != "hmac") return "a schedule's method is hmac or list";
  if (schedule.blocks.empty()) return "a schedule needs block sizes";
  const std::uint32_t weight = total_weight(arms);
  for (const std::uint32_t size : schedule.blocks)
    if (weight == 0 || size == 0 || size > 1000 || size % weight != 0)
      return "block sizes are multiples of the arms' weights, " + std::to_string(weight) + ", up to 1000";
  return {};
}

std::optional<std::string> arm_of(const Schedule& schedule, const std::vector<Arm>& arms, const std::string& stratum,
                                  std::uint32_t index) {
  if (schedule.method == "list") {
    const auto list = std::ranges::find(schedule.list, stratum, &StratumList::stratum);
    if (list == schedule.list.end() || index >= list->arms.size()) return std::nullopt;
    return list->arms[index];
  }
  std::uint32_t first = 0;  // of the block
  std::uint32_t size = 0;
  for (std::uint32_t block = 0; first + (size = block_size(schedule, stratum, block)) <= index; ++block) first += size;
  const Hash own = draw(schedule, stratum, 0, index);
  std::uint32_t rank = 0;
  for (std::uint32_t other = first; other < first + size; ++other)
    if (draw(schedule, stratum, 0, other) < own) ++rank;
  return arm_in_block(arms, size, rank);
}

}  // namespace carechain::care::trial
