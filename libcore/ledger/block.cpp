#include "libcore/ledger/block.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/merkle.hpp"
#include "libcore/encoding/cbor.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/state_digest.hpp"

namespace carechain::ledger {

using encoding::CborFault;
using encoding::CborReader;
using encoding::CborWriter;

namespace {

constexpr std::string_view magic = "CCB1";

template <class Fixed>
Fixed fixed_at(ByteView bytes, std::size_t offset) {
  return Fixed(bytes.subspan(offset, Fixed::size));
}

void put(std::array<std::uint8_t, header_bytes>& bytes, std::size_t offset, ByteView part) {
  std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

std::array<std::uint8_t, header_bytes> encode(const Header& header) {
  std::array<std::uint8_t, header_bytes> bytes{};
  put(bytes, 0, view_of(magic));
  store_le(bytes.data() + 4, header.height);
  put(bytes, 12, header.previous.view());
  put(bytes, 44, header.history.view());
  put(bytes, 76, header.transactions.view());
  put(bytes, 108, header.state.view());
  put(bytes, 140, header.sealer.view());
  store_le(bytes.data() + 172, static_cast<std::uint64_t>(header.time.seconds));
  store_le(bytes.data() + 180, header.target);
  store_le(bytes.data() + 184, header.nonce);
  return bytes;
}

std::optional<Header> decode_header(ByteView bytes) {
  if (bytes.size() < header_bytes || text_of(bytes.first(4)) != magic) return std::nullopt;
  const auto time = load_le<std::uint64_t>(bytes.data() + 172);
  if (time > static_cast<std::uint64_t>(max_time_seconds)) return std::nullopt;
  Header header;
  header.height = load_le<std::uint64_t>(bytes.data() + 4);
  header.previous = fixed_at<Hash>(bytes, 12);
  header.history = fixed_at<Hash>(bytes, 44);
  header.transactions = fixed_at<Hash>(bytes, 76);
  header.state = fixed_at<Hash>(bytes, 108);
  header.sealer = fixed_at<PublicKey>(bytes, 140);
  header.time = {static_cast<std::int64_t>(time)};
  header.target = load_le<std::uint32_t>(bytes.data() + 180);
  header.nonce = load_le<std::uint64_t>(bytes.data() + 184);
  return header;
}

Hash block_hash(ByteView header) { return crypto::sha256(header.first(header_bytes)); }

Bytes seal_message(const Hash& hash) {
  Bytes message = bytes_of("carechain/block/1");
  message.push_back(0);
  append(message, hash.view());
  return message;
}

BlockView parse_block(ByteView block) {
  if (block.size() < body_at) throw CborFault(0, "a block has at least 256 bytes");
  const auto header = decode_header(block);
  if (!header) throw CborFault(0, "not a block header: magic or time");
  BlockView view;
  view.header = *header;
  view.hash = block_hash(block);
  view.signature = fixed_at<Signature>(block, header_bytes);
  view.body = block.subspan(body_at);
  if (header->height == 0) return view;
  CborReader reader(view.body);
  view.transactions.resize(reader.array());
  for (ByteView& transaction : view.transactions) transaction = reader.skip();
  reader.expect_end();
  return view;
}

Bytes assemble_block(const Header& header, const Signature& signature, const std::vector<ByteView>& transactions) {
  constexpr std::size_t count = 9;  // at most, of the head of the array
  std::size_t size = body_at + count;
  for (const ByteView transaction : transactions) size += transaction.size();
  Bytes block;
  block.reserve(size);
  append(block, ByteView(encode(header)));
  append(block, signature.view());
  CborWriter writer(block);
  writer.array(transactions.size());
  for (const ByteView transaction : transactions) writer.raw(transaction);
  return block;
}

Hash transactions_root(const std::vector<ByteView>& transactions) {
  crypto::MerkleFrontier tree;
  for (const ByteView transaction : transactions) tree.append(crypto::merkle_leaf(transaction));
  return tree.root();
}

namespace {

Hash founding_state(const Constitution& constitution) {
  const MemoryState nothing;
  Changes changes(nothing);
  found(constitution, changes);
  StateDigest digest;
  for (const auto& [key, entry] : changes.entries()) digest.add(key, *entry.after);
  return digest.digest();
}

Header founding_header(const Constitution& constitution, ByteView body) {
  Header header;
  header.history = crypto::MerkleFrontier().root();
  header.transactions = crypto::merkle_leaf(body);
  header.state = founding_state(constitution);
  header.time = constitution.created;
  header.target = static_cast<std::uint32_t>(constitution.consensus.target);
  return header;
}

}  // namespace

Bytes founding_block(const Constitution& constitution) {
  const Bytes body = encoding::encode_fields(constitution);
  Bytes block;
  append(block, ByteView(encode(founding_header(constitution, body))));
  append(block, Signature{}.view());
  append(block, body);
  return block;
}

Constitution read_founding_block(const BlockView& block) {
  auto constitution = encoding::decode_fields<Constitution>(block.body);
  if (const auto fault = constitution_fault(constitution)) throw Error("the constitution: " + *fault);
  if (encode(founding_header(constitution, block.body)) != encode(block.header) || !block.signature.is_zero())
    throw Error("block 0 does not follow from its constitution");
  return constitution;
}

}  // namespace carechain::ledger
