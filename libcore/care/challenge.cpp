#include "libcore/care/challenge.hpp"

#include "libcore/base/error.hpp"

namespace carechain::care {

using ledger::Word;

std::optional<std::uint64_t> demanded_challenge_seconds(const ledger::State& state) {
  const auto privacy = ledger::privacies.get(state);
  return privacy ? privacy->challenge_seconds : std::nullopt;
}

Bytes make_challenge(const Hash& ledger, const crypto::Signer& signer, const PublicKey& custodian,
                     std::uint64_t seconds, Time now, const Random& random) {
  const Challenge challenge{custodian, ChallengeNonce(draw<ChallengeNonce::size>(random)),
                            Time{now.seconds + static_cast<std::int64_t>(seconds)}};
  return ledger::sign_message(Word::challenge, ledger, signer, encoding::encode_fields(challenge));
}

Challenge read_challenge(const Hash& ledger, ByteView message, PublicKey& signer) {
  try {
    const ledger::SignedMessage parsed = ledger::parse_message(message);
    if (!ledger::check_message(Word::challenge, ledger, parsed).signature_holds)
      throw refusal("the challenge is of another ledger, or its signature does not hold");
    signer = parsed.signer;
    return encoding::decode_fields<Challenge>(parsed.payload);
  } catch (const encoding::CborFault& fault) {
    throw refusal("this is not a challenge: " + std::string(fault.what()));
  }
}

namespace {

bool signs_for(const ledger::State& state, const PublicKey& key, const PublicKey& account) {
  const auto use = ledger::keys.get(state, key);
  return use ? use->account == account : key == account;
}

std::optional<Challenge> own_challenge(const ledger::State& state, const Hash& ledger, const Request& request) {
  try {
    PublicKey signer;
    const Challenge challenge = read_challenge(ledger, *request.challenge, signer);
    const bool own = challenge.custodian == request.custodian && signs_for(state, signer, request.custodian);
    return own ? std::optional(challenge) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::string challenge_fault(const ledger::State& state, const Hash& ledger, const Request& request, Time now) {
  const auto demanded = demanded_challenge_seconds(state);
  if (!request.challenge) return demanded ? "no-challenge" : "";
  const auto challenge = own_challenge(state, ledger, request);
  const auto limit = static_cast<std::int64_t>(demanded.value_or(default_challenge_seconds));
  if (!challenge || challenge->expires < now || challenge->expires.seconds > now.seconds + limit)
    return "stale-challenge";
  return used_challenges.has(state, challenge->nonce) ? "used-challenge" : "";
}

void note_challenge(ledger::Changes& state, const Hash& ledger, const Request& request, const ObjectRef& decision) {
  if (!request.challenge) return;
  const auto challenge = own_challenge(state, ledger, request);
  if (challenge && !used_challenges.has(state, challenge->nonce))
    used_challenges.put(state, {decision}, challenge->nonce);
}

}  // namespace carechain::care
