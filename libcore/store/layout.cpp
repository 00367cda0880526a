#include "libcore/store/layout.hpp"

#include <fmt/format.h>

#include "libcore/base/whole.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::store {
namespace {

std::string segment_name(std::uint32_t number) { return fmt::format("{:06}.blk", number); }

// ab/abcd….suffix: few entries a directory.
std::string fanned_out(const Hash& id, std::string_view suffix) {
  const std::string name = encoding::hex(id.view());
  return fmt::format("{}/{}.{}", name.substr(0, 2), name, suffix);
}

}  // namespace

Path Layout::segment(std::uint32_t number) const { return blocks() + "/" + segment_name(number); }

std::optional<std::uint32_t> Layout::segment_number(const std::string& name) {
  std::string_view digits = name;
  if (!digits.ends_with(".blk")) return std::nullopt;
  digits.remove_suffix(4);
  while (digits.size() > 1 && digits.starts_with('0')) digits.remove_prefix(1);
  const auto number = parse_whole<std::uint32_t>(digits);
  return number && segment_name(*number) == name ? number : std::nullopt;
}

Path Layout::vault_patient_keys(std::uint32_t epoch) const { return vault() + fmt::format("/keys-{:06}", epoch); }

Path Layout::vault_object(const Hash& sealed_root) const {
  return vault() + "/objects/" + fanned_out(sealed_root, "ccs");
}

Path Layout::vault_reason(const Hash& name) const { return vault_reasons() + '/' + encoding::hex(name.view()); }

Path Layout::vault_capsules(const Hash& record) const { return vault() + "/capsules/" + fanned_out(record, "cap"); }

}  // namespace carechain::store
