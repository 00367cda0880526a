#include "libcore/cli/release_stream.hpp"

#include "libcore/cli/transactions.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {
namespace {

Hash ledger_of_line(std::string_view line, const std::string& where) {
  const auto text = encoding::find_top_level_string(line, "ledger");
  const auto bytes = text ? encoding::parse_hex(*text) : std::nullopt;
  if (!bytes || bytes->size() != Hash::size) throw refusal(where + ": the line names no ledger");
  return Hash(*bytes);
}

}  // namespace

std::optional<care::CheckedRelease> ReleaseStream::next(const std::vector<SecretKey>& seeds,
                                                        const ledger::Ledger* ledger) {
  Bytes skipped(1 << 16);
  const auto rest = data();
  while (left_ > 0)
    if (rest(skipped) == 0) break;
  const auto line = lines_.next();
  if (!line) return std::nullopt;
  const std::string where = "release " + std::to_string(lines_.line_number());
  if (encoding::find_top_level_string(*line, "type") != "access.release")
    throw refusal(where + ": this is not what release-record writes");
  ledger_id_ = ledger_of_line(*line, where);
  if (ledger != nullptr && ledger_id_ != ledger->id()) throw refusal(where + ": it is of another ledger");
  const auto signs_for = [&](const PublicKey& key, const PublicKey& account) {
    return ledger != nullptr ? ledger::current_key(ledger->state(), account) == key : key == account;
  };
  auto release = care::check_release(ledger_id_, cose_of_line(*line, where), seeds, signs_for);
  left_ = release.fields.bytes;
  return release;
}

crypto::Source ReleaseStream::data() {
  return [this](std::span<std::uint8_t> buffer) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left_));
    std::size_t got = 0;
    while (got < wanted) {
      const std::size_t more = lines_.read(buffer.subspan(got, wanted - got));
      if (more == 0) break;
      got += more;
    }
    left_ = got < wanted ? 0 : left_ - got;
    return got;
  };
}

}  // namespace carechain::cli
