#pragma once
// The Core Business Vocabulary 2.0 and its four ways of writing a term: bare ("shipping"), URN
// ("urn:epcglobal:cbv:bizstep:shipping"), URI ("https://ref.gs1.org/cbv/BizStep-shipping") and CURIE
// ("cbv:BizStep-shipping").

#include <optional>
#include <string>
#include <string_view>

namespace carechain::care::drug {

enum class Vocabulary { step, disposition, paper, party, reason, component };

// The bare word of a term of the standard; the text as it stands for a URI of somebody else's vocabulary; nullopt: a
// bare word or a CBV term that the standard doesn't have.
std::optional<std::string> term(Vocabulary, std::string_view);
// "https://ref.gs1.org/cbv/BizStep-shipping" of a term as above.
std::string term_uri(Vocabulary, std::string_view word);

}  // namespace carechain::care::drug
