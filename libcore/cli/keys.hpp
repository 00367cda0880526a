#pragma once
// Key files by name, and where their passphrases come from. No secret is an argument or an environment variable.

#include <cstdint>
#include <string>
#include <vector>

#include "libcore/crypto/key_file.hpp"

namespace carechain::cli {

inline constexpr std::uint64_t max_key_file = std::uint64_t{1} << 20;  // bytes

struct KeyChoice {
  std::string key = {};              // FILE or NAME
  std::string passphrase_file = {};  // empty: not given
  int passphrase_fd = -1;            // -1: not given
};

std::string keys_directory();          // $CARECHAIN_KEYS, else ~/.config/carechain/keys
std::vector<std::string> key_names();  // NAME of each NAME.pem in it, sorted; no directory: none

// The file a choice means: with a '/' the file itself; else NAME.pem in the keys' directory, else a file of that name
// here. Throws Error with the nearest name as a hint.
std::string key_path(const std::string& file_or_name);

// Asked when a key is encrypted: the first line of the file or descriptor, else asked for on the terminal (without
// echo); nullopt: there is no terminal either.
crypto::Passphrase passphrase_of(const KeyChoice&);

// The key file opened. Throws Error.
crypto::PemKeys read_key(const KeyChoice&);

// Words of warning about a file that holds a private key and that others than its owner can get at; empty: there is
// nothing to warn of. Looks at regular files only, so that nothing is taken out of a pipe.
std::string warning_about_key(const std::string& file_or_name);

}  // namespace carechain::cli
