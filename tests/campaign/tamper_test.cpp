// No tampering survives: whatever is done to the bytes of a chain, verification names the first height that is touched.
//
// CAMPAIGN_CASES is how often the large chain is tampered with (300; with CAMPAIGN_LONG=1 10,000).
#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "campaign/stage.hpp"
#include "campaign/tamperer.hpp"

using namespace carechain;
using namespace carechain::campaign;

namespace {

// Every kind of operation in a few kB.
Chain small_chain() {
  LittleChain chain({.label = "small chain to tamper with"});
  const Place place{chain.directory(), chain.now()};
  const Random random = seeded_random("small chain");
  const TransactionId record = put_record(place, "lab", 100, false, random);
  chain.mine();
  const TransactionId grant = grant_to({chain.directory(), chain.now()}, "bob", random);
  chain.act("north", chain.enrolment("carol", ledger::Kind::professional, "doctor"));
  chain.mine();
  release({chain.directory(), chain.now()}, request_of({chain.directory(), chain.now()}, "bob", "one"), random);
  chain.mine();
  care::RevokeAccess revoke{ledger::ref_of({grant, 0})};
  const crypto::Signer alice(alice_at_north(chain.id()));
  chain.submit(ledger::sign_transaction(chain.id(), alice, {ledger::operation(revoke)}, chain.now(), random));
  chain.mine();
  CHECK(chain.open().find_transaction(record));
  return read_chain(chain.layout());
}

// 100 blocks of grants, each with revocations of some of the block before.
Chain large_chain(const std::string& label, std::size_t transactions) {
  LittleChain chain({.label = label, .segment_bytes = 150'000});
  std::vector<TransactionId> before;
  for (std::size_t block = 0; block < 100; ++block) {
    std::vector<Bytes> batch;
    for (std::size_t i = 0; i < transactions / 100; ++i) {
      const std::string patient = "patient " + std::to_string(i % 5);
      care::Provision provision;
      provision.actors = {{chain.account("doctor " + std::to_string((block + i) % 7)), {}}};
      provision.types = {{"*"}};
      provision.purposes = {{"TREAT"}};
      const care::GrantAccess grant{{{}, {provision}}};
      const bool revokes = i % 4 == 3 && i < before.size();
      batch.push_back(revokes ? chain.signed_by("patient " + std::to_string((i - 1) % 5),
                                                care::RevokeAccess{ledger::ref_of({before[i - 1], 0})})
                              : chain.signed_by(patient, grant));
    }
    const auto verdicts = ledger::submit(chain.layout(), chain.operations(), chain.now(), batch);
    before.clear();
    for (const auto& verdict : verdicts) {
      REQUIRE_MESSAGE(verdict.status == ledger::Pool::Status::accepted, verdict.reason);
      before.push_back(verdict.id);
    }
    REQUIRE(chain.mine().sealed.size() == batch.size());
  }
  return read_chain(chain.layout());
}

// Runs work(i) for i < count on two threads; the problems it returns, the first of them in full.
void on_two_threads(std::size_t count, const std::function<std::string(std::size_t)>& work) {
  std::mutex mutex;
  Problems problems;
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < 2; ++thread)
      threads.emplace_back([&, thread] {
        for (std::size_t i = thread; i < count; i += 2) {
          std::string problem;
          try {
            problem = work(i);
          } catch (const std::exception& error) {
            problem = std::string("exception: ") + error.what();
          }
          if (problem.empty()) continue;
          const std::lock_guard guard(mutex);
          problems.push_back("case " + std::to_string(i) + ": " + problem);
        }
      });
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 20); ++i) FAIL_CHECK(problems[i]);
  CHECK(problems.size() == 0);
}

// Which frame of the chain a byte lies in, and where in it.
std::pair<std::size_t, std::size_t> frame_of(const Chain& chain, std::size_t byte) {
  std::size_t height = 0;
  while (byte >= chain.frames[height].size()) byte -= chain.frames[height++].size();
  return {height, byte};
}

}  // namespace

TEST_CASE("every single bit that is flipped in a small chain is a fault at its height") {
  set_up_memory_disk();
  const Chain chain = small_chain();
  const Bytes whole = chain.joined();
  REQUIRE(Stream(whole).verify({}).faults.empty());
  MESSAGE(chain.frames.size(), " blocks, ", whole.size(), " bytes");
  std::vector<std::unique_ptr<Stream>> streams;  // of each thread
  for (int i = 0; i < 2; ++i) streams.push_back(std::make_unique<Stream>(whole));
  std::atomic<std::size_t> unclear = 0;
  on_two_threads(whole.size() * 8, [&](std::size_t i) -> std::string {
    Stream& stream = *streams[i % 2];
    const std::size_t byte = i / 8, bit = i % 8;
    stream.flip(byte, static_cast<unsigned>(bit));
    const auto report = stream.verify({});
    stream.flip(byte, static_cast<unsigned>(bit));
    const auto [height, offset] = frame_of(chain, byte);
    const bool length_of_last = height + 1 == chain.frames.size() && offset >= 4 && offset < 8;
    if (report.unclear) ++unclear;
    if (report.unclear && !length_of_last) return "unclear, byte " + std::to_string(byte) + ": " + *report.unclear;
    return misjudged(report, height, length_of_last && report.unclear.has_value());
  });
  MESSAGE(unclear.load(), " flips in the last frame's length leave a torn tail: unclear without a pin");
  CHECK(unclear > 0);
}

TEST_CASE("nor does a flipped bit survive when the checksum around it is made right again") {
  set_up_memory_disk();
  const Chain chain = small_chain();
  std::vector<std::pair<std::size_t, std::size_t>> bits;  // height, bit of the block
  for (std::size_t height = 0; height < chain.frames.size(); ++height)
    for (std::size_t bit = 0; bit < (chain.frames[height].size() - store::frame_head) * 8; ++bit)
      bits.emplace_back(height, bit);
  on_two_threads(bits.size(), [&](std::size_t i) -> std::string {
    const auto [height, bit] = bits[i];
    Chain altered = chain;
    Bytes block = block_in(chain.frames[height]);
    block[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    altered.frames[height] = framed(block);
    const std::string wrong = misjudged(Stream(altered.joined()).verify({}), height, false);
    return wrong.empty() ? ""
                         : "block " + std::to_string(height) + ", byte " + std::to_string(bit / 8) + ", bit " +
                               std::to_string(bit % 8) + ": " + wrong;
  });
}

namespace {

std::size_t number_of_cases() {
  const char* given = std::getenv("CAMPAIGN_CASES");
  if (given != nullptr) return std::strtoul(given, nullptr, 10);
  return std::getenv("CAMPAIGN_LONG") != nullptr ? 10'000 : 300;
}

struct Large {
  Chain chain = large_chain("large chain to tamper with", 2000);
  Chain other = large_chain("another large chain", 100);
};
const Large& large() {
  set_up_memory_disk();
  static const Large both;
  return both;
}

}  // namespace

TEST_CASE(
    "flips, swaps, cuts, duplicates, reorders and splices in a large chain are faults at the first height touched") {
  const Chain& chain = large().chain;
  const Chain& other = large().other;
  REQUIRE(chain.segments.size() >= 3);
  const auto sound = Stream(chain.joined()).verify({});
  REQUIRE(sound.faults.empty());
  REQUIRE(sound.transactions == 2000);
  on_two_threads(number_of_cases(), [&](std::size_t i) -> std::string {
    Tamperer tamperer(chain, other, i);
    const Bytes bytes = tamperer.tamper();
    if (same(bytes, chain.joined())) return "";  // an exchange of equals
    const auto touched = first_touched(chain, bytes);
    std::uint64_t height = touched.value_or(0);
    ledger::VerifyOptions options;
    if (!touched || i % 2 == 0) options.expect = chain.pins.back();
    if (!touched)
      for (std::size_t left = bytes.size(); left > 0; ++height) left -= chain.frames[height].size();
    if (i % 10 != 0 && height > 0) options.from = chain.pins[height - 1];
    std::size_t sound_bytes = 0;
    for (std::size_t h = 0; h < std::min<std::size_t>(height, chain.frames.size()); ++h)
      sound_bytes += chain.frames[h].size();
    const bool torn = touched && !options.expect && is_torn(ByteView(bytes).subspan(sound_bytes));
    const std::string wrong = misjudged(Stream(bytes).verify(options), height, torn);
    return wrong.empty() ? "" : tamperer.what + ": " + wrong;
  });
}

TEST_CASE("another ledger, sound in itself, is not the one that was pinned") {
  const Chain& chain = large().chain;
  const Chain& other = large().other;
  const Stream stream(other.joined());
  CHECK(stream.verify({}).faults.empty());
  for (const std::size_t height : {std::size_t{0}, std::size_t{7}, chain.frames.size() - 1}) {
    ledger::VerifyOptions options;
    options.expect = chain.pins[height];
    const auto report = stream.verify(options);
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults.front().layer == ledger::Layer::pin);
    CHECK(report.faults.front().height == height);
  }
}

namespace {

// The segments of a chain as files.
class Directory {
 public:
  explicit Directory(const std::vector<Bytes>& segments) {
    std::string pattern = std::filesystem::temp_directory_path() / "carechain-tamper-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw Error("no temporary directory");
    layout_ = {pattern};
    store::make_directory(layout_.blocks());
    for (std::uint32_t i = 0; i < segments.size(); ++i)
      std::ofstream(layout_.segment(i), std::ios::binary) << text_of(segments[i]);
  }
  ~Directory() { std::filesystem::remove_all(layout_.root); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const store::Layout& layout() const { return layout_; }
  ledger::VerifyReport verify(const ledger::VerifyOptions& options = {}) const {
    return ledger::verify(layout_, table(), options);
  }

 private:
  store::Layout layout_;
};

std::vector<Bytes> segments_of(const Chain& chain) {
  std::vector<Bytes> segments;
  for (std::size_t i = 0; i < chain.segments.size(); ++i) {
    const std::size_t end = i + 1 < chain.segments.size() ? chain.segments[i + 1] : chain.frames.size();
    Bytes& segment = segments.emplace_back();
    for (std::size_t height = chain.segments[i]; height < end; ++height)
      append(segment, ByteView(chain.frames[height]));
  }
  return segments;
}

}  // namespace

// Only a sealer can do this: a whole block, well sealed, whose state digest is wrong, and other faults behind it.
TEST_CASE("a wrong state digest is told before the faults behind it") {
  LittleChain little;
  for (int i = 0; i < 6; ++i) little.mine_empty();
  Chain chain = read_chain(little.layout());
  for (const std::size_t height : {2u, 3u}) {
    const Bytes bytes = block_in(chain.frames[height]);
    auto block = ledger::parse_block(bytes);
    ++block.header.state.bytes[0];
    block.header.previous = chain.pins[height - 1].hash;
    block.header.history = chain.history_before(height);
    const Bytes before_seal = copy_of(ledger::encode(block.header));
    const auto nonce = ledger::find_nonce(before_seal, *ledger::expand_target(block.header.target), 1, {});
    block.header.nonce = nonce.value();
    const Hash hash = ledger::block_hash(ledger::encode(block.header));
    chain.pins[height].hash = hash;
    chain.frames[height] = framed(
        ledger::assemble_block(block.header, little.person("north").signer.sign(ledger::seal_message(hash)), {}));
  }
  CHECK(misjudged(Stream(chain.joined()).verify({}), 2, false) == "");
  ledger::VerifyOptions all;
  all.all = true;
  const auto report = Stream(chain.joined()).verify(all);
  CHECK(std::ranges::is_sorted(report.faults, {}, &ledger::Fault::height));
  CHECK(report.faults.front().layer == ledger::Layer::state);
}

TEST_CASE("segments that are missing, exchanged, emptied or cut are faults at the first height they held") {
  const Chain& chain = large().chain;
  const auto segments = segments_of(chain);
  REQUIRE(Directory(segments).verify().faults.empty());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    CAPTURE(i);
    const bool last = i + 1 == segments.size();
    const std::uint64_t first = chain.segments[i], end = last ? chain.frames.size() : chain.segments[i + 1];
    ledger::VerifyOptions expect;
    expect.expect = chain.pins.back();
    {
      const Directory without(segments);
      std::filesystem::remove(without.layout().segment(static_cast<std::uint32_t>(i)));
      CHECK(misjudged(without.verify(expect), first, false) == "");
      if (!last) CHECK(misjudged(without.verify(), first, false) == "");
    }
    auto emptied = segments;
    emptied[i].clear();
    CHECK(misjudged(Directory(emptied).verify(expect), first, false) == "");
    auto cut = segments;
    cut[i].pop_back();
    const auto report = Directory(cut).verify();
    CHECK(misjudged(report, end - 1, last) == "");
    CHECK(report.unclear.has_value() == last);
    auto shorter = segments;
    shorter[i].resize(shorter[i].size() - chain.frames[end - 1].size());
    CHECK(misjudged(Directory(shorter).verify(expect), end - 1, false) == "");
    auto exchanged = segments;
    std::swap(exchanged[i], exchanged[last ? 0 : i + 1]);
    CHECK(misjudged(Directory(exchanged).verify(), last ? 0 : first, false) == "");
  }
}
