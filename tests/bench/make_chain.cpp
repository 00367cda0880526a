// Makes a ledger with many transactions, quickly: block 1 enrols 1,000 professionals, then patients grant them access.
//
//   make_chain DIR TRANSACTIONS OPERATIONS BLOCK      that many transactions of that many operations each, BLOCK to a
//   block make_chain DIR TRANSACTIONS OPERATIONS lines      no blocks: signed transactions as JSON lines on stdout
//
// Everything follows from the arguments, so two runs make the same bytes.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "libcore/base/parallel.hpp"
#include "libcore/care/access_operations.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/system_random.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr std::size_t patients = 10'000;
constexpr std::size_t readers = 1'000;
constexpr Time origin{1'700'000'000};

SecretKey seed_of(std::string_view kind, std::uint64_t number) {
  std::string text(kind);
  text += std::to_string(number);
  return SecretKey(crypto::sha256(view_of(text)).view());
}

Random random_of(std::uint64_t number) {
  return [seed = crypto::sha256(view_of("nonce " + std::to_string(number))).bytes](std::span<std::uint8_t> out) {
    crypto::keystream(seed, out);
  };
}

std::vector<PublicKey> make_readers(unsigned threads) {
  std::vector<PublicKey> keys(readers);
  parallel_for(readers, threads, [&](std::size_t i) { keys[i] = crypto::public_key(seed_of("reader ", i)); });
  return keys;
}

std::vector<crypto::Signer> make_patients(std::size_t count) {
  std::vector<crypto::Signer> signers;
  for (std::size_t i = 0; i < count; ++i) signers.emplace_back(seed_of("patient ", i));
  return signers;
}

class Maker {
 public:
  Maker(const std::string& directory, std::size_t transactions, std::size_t operations)
      : layout_{directory},
        transactions_(transactions),
        operations_(operations),
        sealer_(seed_of("sealer ", 0)),
        patients_(make_patients(std::min(patients, transactions))),
        readers_(make_readers(threads_)) {
    constitution_.name = "bench";
    constitution_.created = origin;
    constitution_.consensus = {60, 3600, 0x207fffff, 7200};
    constitution_.sealers = {sealer_.public_key()};
    constitution_.members = {{"bench", sealer_.public_key(), {"registrar", "hospital"}, {}, {}, {}}};
    constitution_.quorum.of = {sealer_.public_key()};
    ledger::create_ledger(layout_, care::all_operations(), constitution_, "name: bench\n");
    ledger_ = ledger::Ledger::open(layout_, care::all_operations()).id();
    writer_.emplace(ledger::LedgerWriter::open(layout_, care::all_operations()));
    ledger::Changes founding(state_);
    found(constitution_, founding);
    state_.take(founding);
    write_block({enrolment()});
  }

  void write_lines() const {
    for (std::size_t first = 0; first < transactions_; first += 4096) {
      std::vector<std::string> lines(std::min<std::size_t>(4096, transactions_ - first));
      parallel_for(lines.size(), threads_, [&](std::size_t i) {
        lines[i] = to_json(cli::envelope_of(care::all_operations(), ledger_, transaction(first + i)));
      });
      for (const std::string& line : lines) std::puts(line.c_str());
    }
  }

  void write_blocks(std::size_t block) {
    for (std::size_t first = 0; first < transactions_; first += block) {
      std::vector<Bytes> transactions(std::min(block, transactions_ - first));
      parallel_for(transactions.size(), threads_, [&](std::size_t i) { transactions[i] = transaction(first + i); });
      write_block(transactions);
    }
  }

 private:
  class NoAncestry : public ledger::Ancestry {
   public:
    std::optional<Hash> block_hash(std::uint64_t) const override { return std::nullopt; }
    std::optional<Time> block_time(std::uint64_t) const override { return std::nullopt; }
  };

  Bytes transaction(std::size_t number) const {
    std::vector<ledger::NewOperation> operations;
    for (std::size_t i = 0; i < operations_; ++i) {
      care::Provision provision;
      provision.actors = {{readers_[(number / patients * operations_ + number + i) % readers], {}}};
      provision.types = {{"Condition", "Observation"}};
      provision.purposes = {{"TREAT"}};
      operations.push_back(ledger::operation(care::GrantAccess{{{}, {provision}}}));
    }
    return ledger::sign_transaction(ledger_, patients_[number % patients_.size()], operations, origin,
                                    random_of(number));
  }

  Bytes enrolment() const {
    std::vector<ledger::NewOperation> operations;
    for (const PublicKey& reader : readers_) {
      ledger::Enroll enroll;
      enroll.account = reader;
      enroll.roles = {"physician"};
      enroll.public_name = "reader " + std::to_string(operations.size());
      operations.push_back(ledger::operation(enroll));
    }
    return ledger::sign_transaction(ledger_, sealer_, operations, origin, random_of(UINT64_MAX));
  }

  Hash state_after(const ledger::Tip& tip, ledger::Header& header, const std::vector<Bytes>& transactions) {
    ledger::Changes changes(state_);
    const NoAncestry ancestry;
    ledger::BlockPlace place{ancestry, ledger_, header.height, header.time};
    begin_block(care::all_operations(), place, changes);
    for (const Bytes& bytes : transactions) {
      if (const auto refused =
              apply_transaction(care::all_operations(), ledger::parse_transaction(ledger_, bytes), place, changes))
        throw Error(refused->why);
      ++place.position;
    }
    ledger::StateDigest digest = tip.state;
    digest_changes(changes, digest);
    state_.take(changes);
    return digest.digest();
  }

  void write_block(const std::vector<Bytes>& transactions) {
    const ledger::Tip& tip = writer_->tip();
    ledger::Header header;
    header.height = tip.height + 1;
    header.previous = tip.hash;
    header.history = tip.history.root();
    header.sealer = sealer_.public_key();
    header.time = {origin.seconds + 60 * static_cast<std::int64_t>(header.height)};
    header.target = next_target(constitution_.work(), tip.origin, tip.height, tip.time());
    const std::vector<ByteView> views(transactions.begin(), transactions.end());
    header.transactions = ledger::transactions_root(views);
    header.state = state_after(tip, header, transactions);
    header.nonce = *ledger::find_nonce(encode(header), *ledger::expand_target(header.target), 1, {});
    const Signature seal = sealer_.sign(ledger::seal_message(ledger::block_hash(encode(header))));
    writer_->append(assemble_block(header, seal, views), ledger::LedgerWriter::Signatures::checked);
  }

  store::Layout layout_;
  std::size_t transactions_, operations_;
  unsigned threads_ = hardware_threads();
  crypto::Signer sealer_;
  std::vector<crypto::Signer> patients_;
  std::vector<PublicKey> readers_;
  ledger::Constitution constitution_;
  Hash ledger_;
  std::optional<ledger::LedgerWriter> writer_;
  ledger::MemoryState state_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) return 2;
  Maker maker(argv[1], std::strtoul(argv[2], nullptr, 10), std::strtoul(argv[3], nullptr, 10));
  if (std::string_view(argv[4]) == "lines")
    maker.write_lines();
  else
    maker.write_blocks(std::strtoul(argv[4], nullptr, 10));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "make_chain: %s\n", error.what());
  return 3;
}
