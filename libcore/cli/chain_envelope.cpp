#include "libcore/cli/chain_envelope.hpp"

#include "libcore/encoding/text.hpp"

namespace carechain::cli {

Envelope chain_envelope(const std::string& type, const Hash& ledger, const ledger::Pin& head, Time now) {
  Envelope envelope;
  envelope.type = type;
  envelope.height = head.height;
  envelope.block = encoding::hex(head.hash.view());
  envelope.time = now;
  envelope.ledger = encoding::hex(ledger.view());
  return envelope;
}

}  // namespace carechain::cli
