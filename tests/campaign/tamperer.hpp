#pragma once
// Thirteen ways to tamper with a chain.

#include "campaign/tamper.hpp"

namespace carechain::campaign {

// One act of tampering with the large chain; the bytes that come of it.
class Tamperer {
 public:
  Tamperer(const Chain& chain, const Chain& other, std::uint64_t seed) : chain_(chain), other_(other), random_(seed) {}

  Bytes tamper() {
    switch (below(13)) {
      case 0:
        return flip();
      case 1:
        return alter_block();
      case 2:
        return alter_block();
      case 3:
        return swap();
      case 4:
        return cut();
      case 5:
        return cut_at_a_frame();
      case 6:
        return duplicate();
      case 7:
        return reorder();
      case 8:
        return splice();
      case 9:
        return leave_out();
      case 10:
        return exchange_transactions();
      case 11:
        return insert_bytes();
      default:
        return graft();
    }
  }
  std::string what;

 private:
  using Frames = std::vector<Bytes>;
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  std::size_t any_frame() { return below(chain_.frames.size()); }
  static Bytes joined(const Frames& frames) { return Chain{frames, {}, {}}.joined(); }

  Bytes flip() {
    what = "flip";
    Bytes all = chain_.joined();
    all[below(all.size())] ^= static_cast<std::uint8_t>(1u << below(8));
    return all;
  }
  // A byte of a block, with its checksum made right.
  Bytes alter_block() {
    what = "altered block";
    Frames frames = chain_.frames;
    Bytes& frame = frames[any_frame()];
    Bytes block = block_in(frame);
    const std::size_t place = below(3) == 0 ? below(ledger::body_at) : below(block.size());
    block[place] ^= static_cast<std::uint8_t>(1 + below(255));
    frame = framed(block);
    return joined(frames);
  }
  Bytes swap() {
    what = "swap";
    Frames frames = chain_.frames;
    const std::size_t a = any_frame();
    std::swap(frames[a], frames[(a + 1 + below(frames.size() - 1)) % frames.size()]);
    return joined(frames);
  }
  Bytes cut() {
    what = "cut";
    Bytes all = chain_.joined();
    all.resize(1 + below(all.size() - 1));
    return all;
  }
  Bytes cut_at_a_frame() {
    what = "cut at a frame";
    Frames frames = chain_.frames;
    frames.resize(1 + below(frames.size() - 1));
    return joined(frames);
  }
  Bytes duplicate() {
    what = "duplicate";
    Frames frames = chain_.frames;
    const Bytes copy = frames[any_frame()];
    frames.insert(frames.begin() + static_cast<std::ptrdiff_t>(below(frames.size() + 1)), copy);
    return joined(frames);
  }
  Bytes reorder() {
    what = "reorder";
    Frames frames = chain_.frames;
    const std::size_t first = below(frames.size() - 2), size = 2 + below(frames.size() - first - 1);
    const auto begin = frames.begin() + static_cast<std::ptrdiff_t>(first);
    std::rotate(begin, begin + 1 + static_cast<std::ptrdiff_t>(below(size - 1)),
                begin + static_cast<std::ptrdiff_t>(size));
    return joined(frames);
  }
  // Frames of another ledger in place of ours. (Its block 0 would be as good a beginning as ours, without a pin.)
  Bytes splice() {
    what = "splice";
    Frames frames = chain_.frames;
    const std::size_t first = 1 + below(frames.size() - 1),
                      size = 1 + below(std::min<std::size_t>(3, frames.size() - first));
    for (std::size_t i = first; i < first + size; ++i) frames[i] = other_.frames[i];
    return joined(frames);
  }
  // The other ledger from some block on.
  Bytes graft() {
    what = "graft";
    Frames frames = chain_.frames;
    for (std::size_t i = 1 + below(frames.size() - 1); i < frames.size(); ++i) frames[i] = other_.frames[i];
    return joined(frames);
  }
  Bytes leave_out() {
    what = "left out";
    Frames frames = chain_.frames;
    frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(below(frames.size() - 1)));
    return joined(frames);
  }
  Bytes exchange_transactions() {
    what = "exchanged transactions";
    Frames frames = chain_.frames;
    const std::size_t height = 1 + below(frames.size() - 1);
    const Bytes bytes = block_in(frames[height]);
    const auto block = ledger::parse_block(bytes);
    const Bytes foreign = block_in(frames[1 + below(frames.size() - 1)]);
    const auto from = ledger::parse_block(foreign);
    auto transactions = block.transactions;
    transactions[below(transactions.size())] = from.transactions[below(from.transactions.size())];
    if (below(2) == 0) std::swap(transactions.front(), transactions.back());
    frames[height] = framed(ledger::assemble_block(block.header, block.signature, transactions));
    return joined(frames);
  }
  Bytes insert_bytes() {
    what = "inserted bytes";
    Frames frames = chain_.frames;
    Bytes bytes(1 + below(40));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(below(256));
    frames.insert(frames.begin() + static_cast<std::ptrdiff_t>(below(frames.size() + 1)), bytes);
    return joined(frames);
  }

  const Chain& chain_;
  const Chain& other_;
  std::mt19937_64 random_;
};

}  // namespace carechain::campaign
