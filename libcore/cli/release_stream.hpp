#pragma once
// What release-record writes: for each record a JSON line ("cose" holds the signed release), then as many bytes of
// ciphertext as it says.

#include <optional>

#include "libcore/care/opening.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/ledger/ledger.hpp"

namespace carechain::cli {

class ReleaseStream {
 public:
  explicit ReleaseStream(LineReader lines) : lines_(std::move(lines)) {}

  // The next release, checked against the reader's own request; nullopt: the end. With a ledger at hand the custodian's
  // current key is taken from it; else the account itself must have signed. What the caller left of the data before it
  // is skipped. Throws refusal() for lines that are not releases or do not fit.
  std::optional<care::CheckedRelease> next(const std::vector<SecretKey>& seeds, const ledger::Ledger* ledger);
  Hash ledger_id() const { return ledger_id_; }  // that the last line names
  crypto::Source data();                         // the ciphertext of the last release

 private:
  LineReader lines_;
  Hash ledger_id_;
  std::uint64_t left_ = 0;
};

}  // namespace carechain::cli
