#pragma once
// What a program says about itself; its pages and completions follow from this and its options.

#include <string_view>

namespace carechain::cli {

// Texts are plain UTF-8. Paragraphs are separated by an empty line; lines starting with two blanks are shown as they
// stand. Other programs are named as in "mine(1)", which becomes a reference.
struct About {
  std::string_view name;              // as in the catalogue, without prefix
  std::string_view summary;           // one line, no capital, no period
  std::string_view description;       // what it does, reads, prints and leaves behind
  std::string_view examples;          // a shell session: commands after "$ ", other lines are comment or output
  std::string_view exit_status = {};  // what 1 and 3 mean here, after the common text
  std::string_view see_also = {};     // "mine(1), carechain-ledger(5)"
};

}  // namespace carechain::cli
