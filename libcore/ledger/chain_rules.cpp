#include "libcore/ledger/chain_rules.hpp"

#include "libcore/base/prefetch.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/governance.hpp"

namespace carechain::ledger {

namespace {

constexpr std::size_t median_of = 11;

struct LayerText {
  Layer layer;
  std::string_view name, description;
};
constexpr std::array<LayerText, 14> layers{{
    {Layer::frame, "frame", "segments, frames and checksums"},
    {Layer::encoding, "encoding", "one encoding for one meaning"},
    {Layer::links, "links", "heights, previous hashes, history root"},
    {Layer::work, "work", "proof of work against the target the rules demand"},
    {Layer::time, "time", "header times"},
    {Layer::sealer, "sealer", "sealers permitted at their height"},
    {Layer::seal, "seal", "sealers' signatures"},
    {Layer::merkle, "merkle", "transactions roots"},
    {Layer::signature, "signature", "transactions' signatures"},
    {Layer::permission, "permission", "signers permitted, every operation replayed"},
    {Layer::state, "state", "state digests"},
    {Layer::index, "index", "index equals chain"},
    {Layer::vault, "vault", "stored objects present and intact"},
    {Layer::pin, "pin", "the pinned block is part of the chain"},
}};
const LayerText& text_of_layer(Layer layer) { return layers[static_cast<std::size_t>(layer)]; }

}  // namespace

std::string_view to_text(Layer layer) { return text_of_layer(layer).name; }
std::string_view describe(Layer layer) { return text_of_layer(layer).description; }

Bytes Tip::save() const {
  Bytes saved;
  encoding::CborWriter writer(saved);
  writer.array(8);
  writer.bytes(ledger.view());
  writer.unsigned_integer(height);
  writer.bytes(hash.view());
  writer.unsigned_integer(static_cast<std::uint64_t>(origin.seconds));
  writer.array(recent.size());
  for (const Time time : recent) writer.unsigned_integer(static_cast<std::uint64_t>(time.seconds));
  writer.array(history.subtrees().size());
  for (const Hash& root : history.subtrees()) writer.bytes(root.view());
  writer.bytes(work.to_be());
  writer.bytes(state.save());
  return saved;
}

Tip Tip::load(ByteView saved) {
  encoding::CborReader reader(saved);
  const auto sized = [&](std::size_t size) {
    const ByteView bytes = reader.bytes();
    if (bytes.size() != size) throw Error("the index is damaged: its tip is malformed", "carechain rebuild-index");
    return bytes;
  };
  Tip tip;
  reader.array();
  tip.ledger = Hash(sized(32));
  tip.height = reader.unsigned_integer();
  tip.hash = Hash(sized(32));
  tip.origin = {static_cast<std::int64_t>(reader.unsigned_integer())};
  tip.recent.resize(reader.array());
  for (Time& time : tip.recent) time = {static_cast<std::int64_t>(reader.unsigned_integer())};
  std::vector<Hash> subtrees(reader.array());
  for (Hash& root : subtrees) root = Hash(sized(32));
  tip.history = crypto::MerkleFrontier::from(tip.height + 1, std::move(subtrees));
  tip.work = U256::from_be(sized(32));
  tip.state = StateDigest::load(sized(StateDigest::bytes));
  reader.expect_end();
  return tip;
}

Tip founding_tip(const BlockView& block0, const StateDigest& state) {
  Tip tip;
  tip.ledger = tip.hash = block0.hash;
  tip.origin = block0.header.time;
  tip.recent = {block0.header.time};
  tip.history.append(crypto::merkle_leaf(block0.hash.view()));
  tip.state = state;
  return tip;
}

void advance(Tip& tip, const Header& header, const Hash& hash) {
  tip.height = header.height;
  tip.hash = hash;
  tip.recent.push_back(header.time);
  if (tip.recent.size() > median_of) tip.recent.erase(tip.recent.begin());
  tip.history.append(crypto::merkle_leaf(hash.view()));
  tip.work = tip.work + work_of(*expand_target(header.target));
}

Time earliest_time(const Tip& tip) {
  std::vector<Time> times = tip.recent;
  std::ranges::sort(times);
  const Time median = times[times.size() / 2];
  return std::max(tip.time(), Time{median.seconds + 1});
}

namespace {

std::optional<LayerFault> judge_links(const Tip& tip, const Header& header) {
  if (header.previous != tip.hash)
    return LayerFault{Layer::links, "its previous hash " + encoding::hex(header.previous.view()) +
                                        " is not that of block " + std::to_string(tip.height) + ", " +
                                        encoding::hex(tip.hash.view())};
  if (header.height != tip.height + 1)
    return LayerFault{Layer::links, "it calls itself block " + std::to_string(header.height) + " and follows block " +
                                        std::to_string(tip.height)};
  if (header.history != tip.history.root())
    return LayerFault{Layer::links, "its history root does not cover the blocks before it"};
  return std::nullopt;
}

}  // namespace

void require_known_rules(const State& state, std::uint64_t height) {
  const std::uint64_t set = rule_set_at(state, height);
  if (set <= known_rule_set) return;
  throw Error("block " + std::to_string(height) + " is under rule set " + std::to_string(set) +
                  ", this program knows sets up to " + std::to_string(known_rule_set),
              "use a newer carechain");
}

std::optional<LayerFault> judge_header(const Tip& tip, const WorkRules& rules, const Header& header, const Hash& hash,
                                       const State& state) {
  require_known_rules(state, tip.height + 1);  // whatever the header says
  if (auto fault = judge_links(tip, header)) return fault;
  const std::uint32_t due = next_target(rules, tip.origin, tip.height, tip.time());
  if (header.target != due)
    return LayerFault{Layer::work,
                      "its target is " + std::to_string(header.target) + ", the rules demand " + std::to_string(due)};
  if (!meets(hash, *expand_target(due))) return LayerFault{Layer::work, "its hash does not meet its target"};
  if (header.time < earliest_time(tip))
    return LayerFault{Layer::time, "its time " + to_text(header.time) + " is before " + to_text(earliest_time(tip)) +
                                       ", the earliest it may have"};
  if (!may_seal(state, header.sealer, header.height))
    return LayerFault{Layer::sealer, encoding::did_key(header.sealer) + " may not seal at this height"};
  return std::nullopt;
}

std::optional<LayerFault> judge_seal(const Header& header, const Hash& hash, const Signature& signature) {
  if (crypto::verify(header.sealer, seal_message(hash), signature)) return std::nullopt;
  return LayerFault{Layer::seal, "the sealer's signature does not hold"};
}

void digest_changes(const Changes& changes, StateDigest& digest, std::size_t first, std::size_t count) {
  constexpr std::size_t ahead = 3;  // a transaction has about as many
  const auto rows = changes.entries().rows();
  const std::size_t end = std::min(rows.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    if (i + ahead < end && rows[i + ahead].second.after) prefetch_bytes(view_of(*rows[i + ahead].second.after));
    const auto& [key, entry] = rows[i];
    if (entry.before == entry.after || key.starts_with('~')) continue;
    if (entry.before) digest.remove(key, *entry.before);
    if (entry.after) digest.add(key, *entry.after);
  }
}

std::string to_text(const Pin& pin) { return std::to_string(pin.height) + ':' + encoding::hex(pin.hash.view()); }

std::optional<Pin> parse_pin(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto height = parse_whole<std::uint64_t>(text.substr(0, colon));
  const auto hash = encoding::parse_hex(text.substr(colon + 1));
  if (!height || !hash || hash->size() != Hash::size) return std::nullopt;
  return Pin{*height, Hash(*hash)};
}

}  // namespace carechain::ledger
