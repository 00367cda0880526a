#pragma once
// --batch: JSON lines whose keys are the names of options and operands. A line is checked by the very options that the
// command line is, so {"to":"dr-bob","purpose":["TREAT","HPAYMT"],"offline":true} means --to dr-bob --purpose TREAT
// --purpose HPAYMT --offline. What the command line gives stands for every line that doesn't say otherwise.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libcore/cli/input.hpp"
#include "libcore/cli/option_set.hpp"
#include "libcore/cli/output.hpp"

namespace carechain::cli {

inline constexpr std::size_t max_batch_line = std::size_t{1} << 20;

// Lines one after the other. Throws misuse() naming file and line: not a JSON object, an unknown key, a value of the
// wrong kind, an option that belongs on the command line (ledger, key and its passphrase, format, quiet, batch), a line
// over 1 MiB.
class BatchReader {
 public:
  BatchReader(const std::string& file_or_dash, const Output& out);
  // Gives the next line to the options that `declare` adds; false: there is none. Empty lines are skipped.
  bool next(const std::function<void(OptionSet&)>& declare);

 private:
  std::optional<std::string_view> next_line();  // that is not empty
  LineReader lines_;
  CommandLine common_;
};

// All lines of a batch as options. Throws refusal(): there are none.
template <class Options>
std::vector<Options> read_batch(const std::string& file_or_dash, const Output& out,
                                void (*declare)(OptionSet&, Options&)) {
  BatchReader reader(file_or_dash, out);
  std::vector<Options> all;
  for (;;) {
    Options options;
    if (!reader.next([&](OptionSet& set) { declare(set, options); })) break;
    all.push_back(std::move(options));
  }
  if (all.empty()) throw refusal("there is nothing in the batch", "JSON lines whose keys are the options' names");
  return all;
}

}  // namespace carechain::cli
