#include "libcore/cli/transactions.hpp"

#include "libcore/base/parallel.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/provisional.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {
namespace {

std::string view_of_operations(const ledger::OperationTable& table, const ledger::Transaction& transaction) {
  const auto json_of = [&](const ledger::OperationView& operation) {
    const ledger::OperationRow* row = table.find(operation.name);
    return row == nullptr ? std::string("{}") : row->to_json(operation.fields);
  };
  if (transaction.operations.size() == 1) return json_of(transaction.operations.front());
  encoding::JsonWriter json;
  json.begin_object().key("operations").begin_array();
  for (const ledger::OperationView& operation : transaction.operations)
    json.begin_array().value(operation.name).raw(json_of(operation)).end_array();
  json.end_array().end_object();
  return json.take();
}

std::string type_of(const ledger::Transaction& transaction) {
  const std::string_view first = transaction.operations.front().name;
  const auto same_name = [&](const ledger::OperationView& operation) { return operation.name == first; };
  return std::ranges::all_of(transaction.operations, same_name) ? std::string(first) : "transaction";
}

}  // namespace

Envelope envelope_of(const ledger::OperationTable& table, const Hash& ledger, ByteView bytes,
                     const TransactionStatus& status) {
  const ledger::Transaction transaction = ledger::parse_transaction(ledger, bytes);
  Envelope envelope;
  envelope.type = type_of(transaction);
  for (std::uint32_t i = 0; i < transaction.operations.size(); ++i)
    envelope.ids.push_back(ledger::to_text({transaction.id, i}));
  envelope.id = envelope.ids.front();
  envelope.tx = encoding::hex(transaction.id.view());
  const bool open =
      status.status == "pending" && std::ranges::any_of(transaction.operations, [](const auto& operation) {
        return care::decided_when_sealed(operation.name);
      });
  envelope.status = open ? "provisional" : status.status;
  envelope.height = status.height;
  envelope.block = status.block;
  envelope.reason = status.reason;
  envelope.time = transaction.time;
  envelope.signer = encoding::did_key(transaction.message.signer);
  envelope.ledger = encoding::hex(ledger.view());
  envelope.data = view_of_operations(table, transaction);
  envelope.cose = encoding::base64url(bytes);
  return envelope;
}

Envelope envelope_of_sealed(const ledger::Ledger& ledger, const ledger::SealedPlace& place) {
  const auto block = ledger.block_hash(place.height);
  return envelope_of(ledger.operations(), ledger.id(), ledger.transaction_bytes(place),
                     {"sealed", place.height, block ? std::optional(encoding::hex(block->view())) : std::nullopt, {}});
}

void send_all(Output& out, const store::Layout& layout, const Hash& ledger, const std::vector<Bytes>& transactions,
              bool offline) {
  const auto& table = care::all_operations();
  if (!offline) {
    ledger::Pool pool = ledger::Pool::lock(layout, table, out.world().now(), ledger::Pool::Use::offers);
    for (const auto& verdict : pool.offer(transactions, ledger::Pool::Until::refused))
      if (verdict.status == ledger::Pool::Status::refused) throw refusal(verdict.reason, verdict.hint);
    pool.commit();
  }
  print_all(out, ledger, transactions);
}

void print_all(Output& out, const Hash& ledger, const std::vector<Bytes>& transactions) {
  const auto& table = care::all_operations();
  constexpr std::size_t at_once = 16;  // a thousand operations are half a megabyte of text
  for (std::size_t first = 0; first < transactions.size(); first += at_once) {
    std::vector<std::string> lines(std::min(at_once, transactions.size() - first));
    parallel_for(lines.size(), hardware_threads(),
                 [&](std::size_t i) { lines[i] = out.shown(envelope_of(table, ledger, transactions[first + i])); });
    for (const std::string& line : lines) out.line(line);
  }
}

void sign_and_send(Output& out, const store::Layout& layout, const Hash& ledger, const crypto::Signer& signer,
                   const std::vector<ledger::NewOperation>& operations, const SendOptions& options) {
  std::vector<Bytes> transactions;
  for (std::size_t first = 0; first < operations.size(); first += ledger::max_operations) {
    const std::size_t last = std::min(operations.size(), first + ledger::max_operations);
    const std::vector<ledger::NewOperation> part(operations.begin() + static_cast<std::ptrdiff_t>(first),
                                                 operations.begin() + static_cast<std::ptrdiff_t>(last));
    transactions.push_back(
        ledger::sign_transaction(ledger, signer, part, out.world().now(), out.world().random, options.until));
  }
  send_all(out, layout, ledger, transactions, options.offline);
}

Bytes cose_of_line(std::string_view line, std::string_view where) {
  std::optional<std::string> cose;
  try {
    cose = encoding::find_top_level_string(line, "cose");
  } catch (const encoding::JsonFault&) {
    throw refusal(std::string(where) + ": this is not JSON", "give lines as our programs print them");
  }
  if (!cose) throw refusal(std::string(where) + ": the line has no \"cose\"", "give lines as our programs print them");
  auto bytes = encoding::parse_base64url(*cose);
  if (!bytes) throw refusal(std::string(where) + ": \"cose\" is not base64url");
  return std::move(*bytes);
}

}  // namespace carechain::cli
