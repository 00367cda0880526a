// Any bytes are a document or a YamlFault with its place; every node has a place.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/encoding/yaml.hpp"

using namespace carechain;
using namespace carechain::encoding;

namespace {

void check(const YamlNode& node) {
  if (node.line == 0 || node.column == 0 || node.file != "f") std::abort();
  for (const YamlNode& item : node.items) check(item);
  for (const auto& [key, value] : node.entries) {
    check(key);
    check(value);
    if (node.find(key.scalar) != &value) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    check(parse_yaml(text_of({data, size}), "f"));
  } catch (const YamlFault& fault) {
    if (std::string_view(fault.what()).substr(0, 2) != "f:") std::abort();
  }
  return 0;
}
