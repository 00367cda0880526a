#pragma once
// A key file with the keys that were replaced in it: the current one first, older ones behind it. While a replacement
// is under way the coming key stands last, under a line that says so; whatever is broken off then can be gone on with.

#include <optional>
#include <string>
#include <vector>

#include "libcore/cli/keys.hpp"

namespace carechain::cli {

class KeyChain {
 public:
  explicit KeyChain(const KeyChoice&);  // throws Error: no private key in it, not a regular file
  ~KeyChain();
  KeyChain(const KeyChain&) = delete;
  KeyChain& operator=(const KeyChain&) = delete;

  const std::string& path() const { return path_; }
  const std::vector<SecretKey>& seeds() const { return seeds_; }  // the current first; without the coming one
  const std::optional<SecretKey>& coming() const { return coming_; }

  // Durable on return: the coming key stands in the file behind the others. Encrypted where the file was.
  void prepare(SecretKey coming, const Random&);
  // The coming key becomes the current one; durable on return.
  void promote_coming(const Random&);

 private:
  void write(const Random&) const;

  std::string path_;
  std::vector<SecretKey> seeds_;
  std::optional<SecretKey> coming_;
  std::optional<std::string> passphrase_;  // where the file is encrypted
};

}  // namespace carechain::cli
