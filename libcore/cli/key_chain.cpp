#include "libcore/cli/key_chain.hpp"

#include "libcore/base/error.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/file.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view coming_line = "The coming key, not in force yet (rotate-key):\n";

}  // namespace

KeyChain::KeyChain(const KeyChoice& choice) : path_(key_path(choice.key)) {
  if (!store::File::open_read(path_).is_regular()) throw Error("'" + path_ + "' is not a file that can be rewritten");
  std::string text = store::read_file(path_, max_key_file);
  const auto ask = passphrase_of(choice);
  auto keys = crypto::read_pem(text, [&]() -> std::optional<std::string> {
    if (!passphrase_) passphrase_ = ask();
    return passphrase_;
  });
  const bool prepared = text.find(coming_line) != std::string::npos;
  wipe(text.data(), text.size());
  if (keys.seeds.empty())
    throw Error("'" + path_ + "' holds a public key only", "a key is replaced by its private key");
  seeds_ = std::move(keys.seeds);
  if (!prepared || seeds_.size() < 2) return;
  coming_ = std::move(seeds_.back());
  seeds_.pop_back();
}

KeyChain::~KeyChain() {
  if (!passphrase_) return;
  std::string& words = *passphrase_;
  wipe(words.data(), words.size());
}

void KeyChain::prepare(SecretKey coming, const Random& random) {
  coming_ = std::move(coming);
  write(random);
}

void KeyChain::promote_coming(const Random& random) {
  seeds_.insert(seeds_.begin(), std::move(*coming_));
  coming_.reset();
  write(random);
}

void KeyChain::write(const Random& random) const {
  std::string text;
  text.reserve(4096 * (seeds_.size() + 1));  // so that nothing is copied and left behind
  const auto add = [&](const SecretKey& seed) {
    std::string pem =
        passphrase_ ? crypto::write_encrypted_pem(seed, *passphrase_, random) : crypto::write_private_pem(seed);
    text += pem;
    wipe(pem.data(), pem.size());
  };
  for (const SecretKey& seed : seeds_) add(seed);
  if (coming_) {
    text += coming_line;
    add(*coming_);
  }
  store::replace_file(path_, view_of(text), 0600);
  wipe(text.data(), text.size());
}

}  // namespace carechain::cli
