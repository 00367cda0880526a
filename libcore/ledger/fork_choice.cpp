#include "libcore/ledger/fork_choice.hpp"

#include <algorithm>
#include <unordered_map>

#include "libcore/ledger/chain_rules.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {
namespace {

using store::Position;
using store::SegmentFrame;

// The height in the header of a frame, and where the next one begins. nullopt: there is no whole head of a block.
struct Glance {
  std::uint64_t height, next;
};
std::optional<Glance> glance(const store::File& segment, std::uint64_t offset) {
  std::array<std::uint8_t, store::frame_head + 12> head;  // the frame's, "CCB1", height
  if (segment.read_at(offset, head) != head.size()) return std::nullopt;
  const auto length = load_le<std::uint32_t>(head.data() + 4);
  if (length < header_bytes || length > store::max_block_bytes) return std::nullopt;
  return Glance{load_le<std::uint64_t>(head.data() + store::frame_head + 4), offset + store::frame_head + length};
}

// Without branches every block is higher than the one before. Looks as far as frames can be followed.
struct Scan {
  bool heights_rise = true;
  Position end;  // where it stopped
};
Scan scan(const store::Layout& layout) {
  Scan scan;
  std::optional<std::uint64_t> last;
  for (const std::string& name : store::list_directory(layout.blocks())) {
    const auto number = store::Layout::segment_number(name);
    if (!number) continue;
    const store::File segment = store::File::open_read(layout.segment(*number));
    scan.end = {*number, 0};
    while (const auto seen = glance(segment, scan.end.offset)) {
      if (seen->next > segment.size()) return scan;
      if (last && seen->height <= *last) return {false, scan.end};
      last = seen->height;
      scan.end.offset = seen->next;
    }
    if (scan.end.offset != segment.size()) return scan;
  }
  return scan;
}

// A block that counts.
struct Node {
  Hash hash;
  std::size_t parent = 0;  // among the nodes; of block 0 itself
  std::uint64_t height = 0;
  Time time;
  U256 work;  // of blocks 1 up to it
  LeftBehind frame;
  bool on_chain = false;
};

class Tree {
 public:
  void add(const SegmentFrame& frame) {
    const auto header = decode_header(frame.block);
    if (!header) return;
    const Hash hash = block_hash(frame.block);
    if (places_.contains(hash)) return;
    Node node{hash, nodes_.size(), header->height, header->time, {}, {frame.position, frame.next, hash}};
    if (!nodes_.empty() && !follow(*header, node)) return;
    if (nodes_.empty() && !found(frame.block)) return;
    places_.emplace(hash, nodes_.size());
    nodes_.push_back(node);
  }

  std::optional<ForkChoice> choose(const store::Layout& layout) {
    if (nodes_.empty()) return std::nullopt;
    const auto heavier = [](const Node& a, const Node& b) { return outweighs(b.work, b.hash, a.work, a.hash); };
    std::size_t at = static_cast<std::size_t>(std::ranges::max_element(nodes_, heavier) - nodes_.begin());
    ForkChoice choice{nodes_[at].hash, {}, {}};
    for (; !nodes_[at].on_chain; at = nodes_[at].parent) nodes_[at].on_chain = true;
    for (const Node& node : nodes_)
      if (!node.on_chain && is_sealed(layout, node)) choice.left_behind.push_back(node.frame);
    return choice;
  }

 private:
  // As far as that can be known without the state before it.
  static bool is_sealed(const store::Layout& layout, const Node& node) {
    try {
      const Bytes bytes = store::read_block(layout, node.frame.place);
      const BlockView block = parse_block(bytes);
      return !judge_seal(block.header, block.hash, block.signature) &&
             transactions_root(block.transactions) == block.header.transactions;
    } catch (const Error&) {
      return false;
    }
  }

  bool found(ByteView block) {
    try {
      const Constitution constitution = read_founding_block(parse_block(block));
      rules_ = constitution.work();
      origin_ = constitution.created;
    } catch (const Error&) {
      return false;
    }
    return true;
  }

  bool follow(const Header& header, Node& node) {
    const auto parent = places_.find(header.previous);
    if (parent == places_.end()) return false;
    const Node& below = nodes_[parent->second];
    if (header.height != below.height + 1) return false;
    if (header.target != next_target(rules_, origin_, below.height, below.time)) return false;
    const auto target = expand_target(header.target);
    if (!target || !meets(node.hash, *target)) return false;
    node.parent = parent->second;
    node.work = below.work + work_of(*target);
    return true;
  }

  WorkRules rules_;
  Time origin_;
  std::vector<Node> nodes_;
  std::unordered_map<Hash, std::size_t, FixedBytesHash> places_;
};

}  // namespace

bool outweighs(const U256& work, const Hash& head, const U256& other_work, const Hash& other_head) {
  return work != other_work ? work > other_work : head < other_head;
}

std::optional<ForkChoice> choose_fork(const store::Layout& layout) {
  Tree tree;
  Position end;
  store::SegmentReader reader(layout);
  while (const auto frame = reader.next()) {
    if (frame->status != SegmentFrame::whole) continue;
    tree.add(*frame);
    end = frame->next;
  }
  auto choice = tree.choose(layout);
  if (choice) choice->end = end;
  return choice;
}

bool only_left_behind(const std::vector<LeftBehind>& frames, Position from, Position to) {
  auto frame = std::ranges::lower_bound(frames, from, {}, &LeftBehind::place);
  while (from != to) {
    if (frame == frames.end()) return false;
    const bool adjacent =
        frame->place == from || (frame->place.segment == from.segment + 1 && frame->place.offset == 0);
    if (!adjacent) return false;
    from = frame++->next;
  }
  return true;
}

ChainReader::ChainReader(const store::Layout& layout) : frames_(layout) {
  const Scan seen = scan(layout);
  limit_ = seen.end;
  if (seen.heights_rise) return;
  if (auto choice = choose_fork(layout)) {
    left_behind_ = std::move(choice->left_behind);
    limit_ = choice->end;
  }
}

ChainReader::ChainReader(store::File stream) : frames_(std::move(stream)) {}

std::optional<SegmentFrame> ChainReader::next() {
  while (auto frame = frames_.next()) {
    if (frame->status != SegmentFrame::whole) {
      limit_.reset();  // damage: everything behind it is of interest
      return frame;
    }
    if (limit_ && frame->position >= *limit_) return std::nullopt;
    end_ = frame->next;
    while (passed_ < left_behind_.size() && left_behind_[passed_].place < frame->position) ++passed_;
    if (passed_ == left_behind_.size() || left_behind_[passed_].place != frame->position) return frame;
  }
  return std::nullopt;
}

}  // namespace carechain::ledger
