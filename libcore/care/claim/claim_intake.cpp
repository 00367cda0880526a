#include "libcore/care/claim/claim_intake.hpp"

#include "libcore/encoding/json.hpp"

namespace carechain::care::claim {
namespace {

constexpr std::size_t piece = std::size_t{256} << 10;
constexpr std::size_t most = std::size_t{256} << 20;

bool read_more(const ReadBytes& read, std::string& to) {
  const std::size_t before = to.size();
  to.resize(before + piece);
  const std::size_t got = read({reinterpret_cast<std::uint8_t*>(to.data()) + before, piece});
  to.resize(before + got);
  return got > 0;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; }

void give(std::string_view json, const Names& names, const TakeClaim& take, const std::string& where) {
  try {
    for (SourceResult& result : claims_of_fhir(json, names)) {
      if (!where.empty()) result.where = where + ", " + result.where;
      take(std::move(result));
    }
  } catch (const encoding::JsonFault& fault) {
    take({std::nullopt, where.empty() ? "the document" : where, fault.what()});
  }
}

// Is the first line a document by itself?
bool is_whole(std::string_view line) {
  try {
    encoding::find_top_level_string(line, "resourceType");
    return true;
  } catch (const encoding::JsonFault&) {
    return false;
  }
}

void read_lines(std::string buffer, const ReadBytes& read, const Names& names, const TakeClaim& take) {
  std::size_t begin = 0;
  for (std::uint64_t number = 1;; ++number) {
    std::size_t end = buffer.find('\n', begin);
    while (end == std::string::npos) {
      buffer.erase(0, begin);
      begin = 0;
      const std::size_t looked = buffer.size();
      if (buffer.size() > most || !read_more(read, buffer)) break;
      end = buffer.find('\n', looked);
    }
    const std::string_view line = std::string_view(buffer).substr(begin, end == std::string::npos ? end : end - begin);
    if (!is_blank(line)) give(line, names, take, "line " + std::to_string(number));
    if (end == std::string::npos) return;
    begin = end + 1;
  }
}

}  // namespace

void read_claims(const ReadBytes& read, const Names& names, const TakeClaim& take) {
  std::string head;
  std::size_t first = std::string::npos;
  while (first == std::string::npos && read_more(read, head)) first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  while (first != std::string::npos && head.size() < first + 3 && read_more(read, head)) {
  }
  if (first == std::string::npos) throw refusal("there is nothing in it", "give FHIR Claims or an X12 837 interchange");
  if (std::string_view(head).substr(first).starts_with("ISA"))
    return read_x12_claims(head.substr(first), read, names, take);
  if (head[first] != '{') throw refusal("this is neither FHIR in JSON nor an X12 interchange");
  while (head.find('\n', first) == std::string::npos && head.size() <= most && read_more(read, head)) {
  }
  const std::size_t end = head.find('\n', first);
  if (end != std::string::npos && is_whole(std::string_view(head).substr(first, end - first)))
    return read_lines(head.substr(first), read, names, take);
  while (read_more(read, head))
    if (head.size() > most) throw refusal("a document over 256 MiB can't be read whole", "give JSON lines");
  give(std::string_view(head).substr(first), names, take, {});
}

}  // namespace carechain::care::claim
