#pragma once
// The only place that spells a path of the ledger directory (carechain-ledger(5)).

#include <cstdint>

#include "libcore/base/bytes.hpp"
#include "libcore/store/file.hpp"

namespace carechain::store {

struct Layout {
  Path root;  // the ledger directory

  Path genesis() const { return root + "/genesis.yaml"; }
  Path blocks() const { return root + "/blocks"; }
  Path segment(std::uint32_t number) const;  // blocks/000000.blk
  static std::optional<std::uint32_t> segment_number(const std::string& name);
  Path index() const { return root + "/index"; }
  Path pending() const { return root + "/pending.log"; }
  Path dropped() const { return root + "/dropped.log"; }
  Path write_lock() const { return root + "/lock"; }
  Path pool_lock() const { return root + "/pending.lock"; }
  Path torn() const { return root + "/torn"; }

  Path vault() const { return root + "/vault"; }
  Path vault_lock() const { return vault() + "/lock"; }
  Path vault_epoch() const { return vault() + "/epoch"; }  // number and id of the current epoch
  Path vault_patient_keys(std::uint32_t epoch) const;      // vault/keys-000001/
  Path vault_object(const Hash& sealed_root) const;        // vault/objects/ab/abcd….ccs
  Path vault_capsules(const Hash& record) const;           // vault/capsules/ab/abcd….cap
  Path vault_certificates() const { return vault() + "/certificates"; }
  Path vault_reasons() const { return vault() + "/reasons"; }    // for emergencies
  Path vault_reason(const Hash& name) const;                     // vault/reasons/abcd…
  Path vault_incoming() const { return vault() + "/incoming"; }  // objects being written
};

}  // namespace carechain::store
