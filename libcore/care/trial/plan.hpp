#pragma once
// The part of a protocol that no public registry has, as YAML: consent form, visits, phases, sites, monitoring board,
// safety rule, randomisation.

#include <functional>

#include "libcore/care/trial/registry.hpp"

namespace carechain::care::trial {

// What a plan refers to.
struct PlanWorld {
  std::function<PublicKey(const std::string& who)> account;
  std::function<Hash(const std::string& file)> digest;  // SHA-256 of a file
  // The schedule in a file; one that doesn't exist yet is made with these block sizes.
  std::function<Schedule(const std::string& file, const std::vector<std::uint32_t>& blocks)> schedule;
};

// Completes a protocol. Throws YamlFault naming line and column, and what the world throws.
void read_plan(const encoding::YamlNode&, const PlanWorld&, Protocol&);
// The keys of a plan and of registry_of_yaml(); throws YamlFault at any other.
void check_keys(const encoding::YamlNode&);

Schedule parse_schedule(std::string_view yaml, const std::string& file);  // throws YamlFault
std::string schedule_text(const Schedule&);                               // YAML

}  // namespace carechain::care::trial
