#include "libcore/care/drug/operations.hpp"

#include <algorithm>

#include "libcore/care/drug/aggregation.hpp"
#include "libcore/care/drug/custody.hpp"
#include "libcore/care/drug/tables.hpp"
#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::drug {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

constexpr std::size_t max_title = 128;

std::optional<ledger::Identity> organisation(const Context& context) {
  auto identity = kept(context.state, ledger::identities, context.signer);
  if (!identity || identity->kind != ledger::Kind::organisation) return std::nullopt;
  if (!ledger::in_good_standing(*identity, context.height, context.time)) return std::nullopt;
  return identity;
}
const Refused no_organisation{"only an enrolled organisation in good standing records what happens to drugs",
                              "enroll-identity NAME --role distributor, by a registrar"};

bool has_role(const ledger::Identity& identity, std::string_view role) {
  return std::ranges::find(identity.roles, role) != identity.roles.end();
}

void note_source(Context& context, const std::optional<Hash>& document) {
  const Bytes row = encoding::encode_fields(EventSource{context.id.tx, context.signer, document});
  context.state.note(note_of_source(place_of(context)), text_of(row));
}

// What happened to a thing before never keeps an event from being recorded, so events can be admitted.
Outcome admit_event(const RecordEvent& event, Context& context) {
  if (auto why = malformed(event)) return Refused{*why};
  if (!organisation(context)) return no_organisation;
  return event.error ? std::nullopt : may_commission(event, context);
}

Outcome apply_event(const RecordEvent& event, Context& context) {
  if (auto why = malformed(event)) return Refused{*why};
  const auto signer = organisation(context);
  if (!signer) return no_organisation;
  if (context.id.operation == 0) note_source(context, std::nullopt);
  return follow(event, *signer, context);
}

Outcome admit_document(const CiteDocument& document, Context& context) {
  if (document.created && document.created->size() > 64) return Refused{"the document's date is malformed"};
  return organisation(context) ? std::nullopt : Outcome(no_organisation);
}

Outcome apply_document(const CiteDocument& document, Context& context) {
  if (auto refused = admit_document(document, context)) return refused;
  note_source(context, document.digest);
  context.state.note(document_prefix(document.digest) + std::string(text_of(place_of(context).view())), {});
  return std::nullopt;
}

bool is_title(std::string_view text) {
  return !text.empty() && text.size() <= max_title &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string_view format_word(gs1::NdcFormat format) {
  switch (format) {
    case gs1::NdcFormat::none:
      return "";
    case gs1::NdcFormat::ndc_4_4_2:
      return "4-4-2";
    case gs1::NdcFormat::ndc_5_3_2:
      return "5-3-2";
    case gs1::NdcFormat::ndc_5_4_1:
      return "5-4-1";
    case gs1::NdcFormat::ndc_5_4_2:
      return "5-4-2";
    case gs1::NdcFormat::ndc_6_4_2:
      return "6-4-2";
  }
  return "";
}

Outcome malformed(const RegisterProduct& product) {
  if (product.gtin.size() != 14 || !gs1::has_check_digit(product.gtin))
    return Refused{"'" + product.gtin + "' is no GTIN of 14 digits"};
  if (!is_title(product.title)) return Refused{"a product's name has 1 to 128 bytes and no control characters"};
  for (const auto& text : {product.strength, product.form, product.contents})
    if (text && !is_title(*text)) return Refused{"strength, form and contents have 1 to 128 bytes"};
  if (product.ndc && gs1::ndc_format(*product.ndc) == gs1::NdcFormat::none)
    return Refused{"'" + *product.ndc + "' is no NDC", "with hyphens: 0001-0123-45, 12345-678-90, 123456-7890-12"};
  const auto expected = product.ndc ? gs1::gtin_of_ndc(*product.ndc, product.gtin[0]) : std::nullopt;
  const bool american = product.gtin.substr(1, 2) == "03";
  if (expected && american && *expected != product.gtin)
    return Refused{"the NDC " + *product.ndc + " belongs to the GTIN " + *expected};
  return std::nullopt;
}

Outcome apply_product(const RegisterProduct& fields, Context& context) {
  if (auto refused = malformed(fields)) return refused;
  if (!organisation(context)) return no_organisation;
  const auto owner = owner_of_gtin(context.state, fields.gtin);
  if (!owner)
    return Refused{"the company prefix of " + fields.gtin + " is not registered",
                   "register-product --prefix DIGITS --holder WHO, by a registrar"};
  if (*owner != context.signer) return Refused{"the GTIN " + fields.gtin + " belongs to another company's prefix"};
  Product product = products.get(context.state, fields.gtin).value_or(Product{});
  product.owner = context.signer;
  product.title = fields.title;
  product.ndc = fields.ndc;
  if (fields.ndc) product.ndc_format = std::string(format_word(gs1::ndc_format(*fields.ndc)));
  product.strength = fields.strength;
  product.form = fields.form;
  product.contents = fields.contents;
  products.put(context.state, product, fields.gtin);
  context.state.note("prod/" + fields.gtin, {});
  return std::nullopt;
}

Outcome apply_prefix(const RegisterPrefix& fields, Context& context) {
  const auto& digits = fields.prefix;
  if (!gs1::is_digits(digits) || digits.size() < 4 || digits.size() > 13)
    return Refused{"a prefix has 4 to 12 digits, a location 13"};
  if (digits.size() == 13 && !gs1::has_check_digit(digits)) return Refused{"the check digit of the GLN is wrong"};
  const auto signer = organisation(context);
  if (!signer || !(has_role(*signer, "registrar") || has_role(*signer, "regulator")))
    return Refused{"only a registrar registers company prefixes"};
  const auto holder = ledger::identities.get(context.state, fields.holder);
  if (!holder || holder->kind != ledger::Kind::organisation) return Refused{"the holder is no enrolled organisation"};
  const std::string start = digits.substr(0, 4);
  PrefixLengths lengths = prefix_lengths.get(context.state, start).value_or(PrefixLengths{});
  lengths.lengths |= std::uint64_t{1} << digits.size();
  prefix_lengths.put(context.state, lengths, start);
  prefixes.put(context.state, {fields.holder}, digits);
  prefix_holders.put(context.state, {fields.holder}, fields.holder);
  return std::nullopt;
}

// The lists of recalls in force: of a lot, or of all of a product.
void list_recall(Context& context, const Recall& recall, const ObjectRef& ref, bool on) {
  const auto change = [&](std::optional<std::vector<ObjectRef>>& refs) {
    auto& list = refs ? *refs : refs.emplace();
    if (on) list.push_back(ref);
    if (!on) std::erase(list, ref);
    if (list.empty()) refs.reset();
  };
  if (recall.lot) {
    const std::string path = gs1::lot_path(recall.gtin, *recall.lot);
    Lot lot = lots.get(context.state, path).value_or(Lot{});
    change(lot.recalls);
    lots.put(context.state, lot, path);
    return;
  }
  Product product = *products.get(context.state, recall.gtin);
  change(product.recalls);
  products.put(context.state, product, recall.gtin);
}

Outcome end_recall(const RecallDrug& fields, Context& context) {
  auto recall = recalls.get(context.state, *fields.ends);
  if (!recall) return Refused{"there is no such recall"};
  if (recall->by != context.signer) return Refused{"only who began a recall may end it"};
  if (recall->ended) return Refused{"that recall is over already"};
  list_recall(context, *recall, *fields.ends, false);
  recall->ended = static_cast<std::uint64_t>(context.time.seconds);
  recalls.put(context.state, *recall, *fields.ends);
  return std::nullopt;
}

Outcome apply_recall(const RecallDrug& fields, Context& context) {
  const auto signer = organisation(context);
  if (!signer) return no_organisation;
  if (fields.ends) return end_recall(fields, context);
  const auto product = products.get(context.state, fields.gtin);
  if (!product) return Refused{"there is no product " + fields.gtin + " on this ledger"};
  if (product->owner != context.signer && !has_role(*signer, "regulator"))
    return Refused{"only the product's owner or a regulator recalls it"};
  if (fields.lot && (fields.lot->empty() || fields.lot->size() > 20 || !gs1::is_cset82(*fields.lot)))
    return Refused{"a lot has 1 to 20 characters of GS1's set"};
  for (const auto& serial : {fields.first_serial, fields.last_serial})
    if (serial && (serial->empty() || serial->size() > 20 || !gs1::is_cset82(*serial)))
      return Refused{"a serial has 1 to 20 characters of GS1's set"};
  if (fields.reason && !is_title(*fields.reason)) return Refused{"the reason has 1 to 128 bytes"};
  const ObjectRef ref = ledger::ref_of(context.id);
  const Recall recall{fields.gtin,
                      fields.lot,
                      fields.first_serial,
                      fields.last_serial,
                      fields.severity,
                      fields.level,
                      context.signer,
                      static_cast<std::uint64_t>(context.time.seconds),
                      {}};
  list_recall(context, recall, ref, true);
  recalls.put(context.state, recall, ref);
  context.state.note("rcl/" + std::string(text_of(ref.view())), {});
  return std::nullopt;
}

bool may_mark(const MarkItem& fields, const Item& item, const ledger::Identity& signer, const Context& context) {
  if (has_role(signer, "regulator")) return true;
  const auto gtin = gs1::gtin_of(fields.item);
  const auto product = gtin.empty() ? std::nullopt : products.get(context.state, gtin);
  if (product && product->owner == context.signer) return true;
  if (fields.mark == Mark::cleared) return false;
  const auto root = items.get(context.state, root_of(context.state, fields.item));
  const std::string gln = root && root->holder ? *root->holder : item.holder.value_or("");
  return account_of_gln(context.state, gln) == context.signer;
}

Outcome apply_mark(const MarkItem& fields, Context& context) {
  const auto signer = organisation(context);
  if (!signer) return no_organisation;
  Shelf shelf(context.state);
  Item* item = shelf.find(fields.item);
  if (item == nullptr) return Refused{"the ledger knows no " + fields.item};
  if (!may_mark(fields, *item, *signer, context))
    return Refused{fields.mark == Mark::cleared ? "only the product's owner or a regulator clears a suspicion"
                                                : "only its holder, the product's owner or a regulator marks it"};
  const bool was = item->marks.has_value();
  if (fields.mark == Mark::cleared) {
    item->marks.reset();
  } else if (!has_mark(*item, to_text(fields.mark))) {
    auto& marks = item->marks ? *item->marks : item->marks.emplace();
    marks.emplace_back(to_text(fields.mark));
    std::ranges::sort(marks);
  }
  if (was != item->marks.has_value()) count_blocked(shelf, fields.item, !was);
  shelf.write_all();
  return std::nullopt;
}

}  // namespace

void add_drug_operations(ledger::OperationTable& table) {
  table.add<RecordEvent>("record what happened to things of the drug supply chain", apply_event, true, admit_event);
  table.add<CiteDocument>("name the document that the events behind it come from", apply_document, true,
                          admit_document);
  table.add<RegisterProduct>("put a product into the master data, as the owner of its company prefix", apply_product);
  table.add<RegisterPrefix>("give a company prefix or a location to an organisation, as a registrar", apply_prefix);
  table.add<RecallDrug>("recall a lot, a range of serials or a product, or end a recall", apply_recall, false);
  table.add<MarkItem>("put a thing under suspicion, or clear it", apply_mark, false);
}

}  // namespace carechain::care::drug
