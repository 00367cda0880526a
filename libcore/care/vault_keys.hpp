#pragma once
// The two kinds of keys of a vault as files: the master key of an epoch, in the keys' directory, and a patient's key
// under it, in the vault.

#include <optional>
#include <string>
#include <vector>

#include "libcore/base/random.hpp"
#include "libcore/store/file.hpp"

namespace carechain::care {

// A vault's id is 32 hex digits.
store::Path epoch_key_path(const store::Path& keys_directory, const std::string& vault_id, std::uint32_t epoch);
void write_epoch_key(const store::Path&, const SecretKey&);   // throws refusal() when it exists; durable on return
std::optional<SecretKey> read_epoch_key(const store::Path&);  // nullopt: there is none. Throws Error: not a key
// The epochs whose master key lies in the keys' directory, lowest first.
std::vector<std::uint32_t> epochs_with_keys(const store::Path& keys_directory, const std::string& vault_id);

// nonce(12) || AES-256-GCM under the epoch's master key, aad = vault id || epoch u32 BE || account.
Bytes seal_patient_key(const SecretKey& master, const std::string& vault_id, std::uint32_t epoch,
                       const PublicKey& patient, const SecretKey& key, const Random&);
// nullopt: another master key, epoch, vault or patient, or altered.
std::optional<SecretKey> open_patient_key(const SecretKey& master, const std::string& vault_id, std::uint32_t epoch,
                                          const PublicKey& patient, ByteView sealed);

// SHA-256("carechain/patient-key-id/1" || 0 || key): names a key that is gone.
Hash patient_key_id(const SecretKey&);

}  // namespace carechain::care
