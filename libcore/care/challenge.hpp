#pragma once
// Challenges: where the constitution demands it, a request for access answers one that the custodian signed shortly
// before, with the word "challenge", so that neither an old request nor one prepared beforehand is of any use. Good for
// one decision. The custodian remembers nothing: its signature says that it is its own, the chain that it was used.

#include "libcore/care/request.hpp"

namespace carechain::care {

using ChallengeNonce = FixedBytes<struct ChallengeNonceMeaning, 32>;

struct Challenge {
  PublicKey custodian;  // account that made it, and that the request is addressed to
  ChallengeNonce nonce;
  Time expires;  // last second
  template <class V>
  void fields(V& v) {
    v("custodian", custodian, "who made it");
    v("nonce", nonce, "32 random bytes");
    v("expires", expires, "last second in which it may be answered");
  }
};

inline constexpr std::uint64_t default_challenge_seconds = 300;  // where the constitution does not say

inline constexpr ledger::Table<UsedRequest> used_challenges{"challenge"};  // nonce

// How long a challenge is good here: what the constitution demands, or nullopt where it demands none.
std::optional<std::uint64_t> demanded_challenge_seconds(const ledger::State&);

Bytes make_challenge(const Hash& ledger, const crypto::Signer&, const PublicKey& custodian, std::uint64_t seconds,
                     Time now, const Random&);
// Throws refusal(): not a challenge of this ledger, or its signature does not hold.
Challenge read_challenge(const Hash& ledger, ByteView message, PublicKey& signer);

// The code of a reason (decision.hpp) for refusing a request: no-challenge, stale-challenge, used-challenge; empty:
// none. A request without a challenge is refused only where one is demanded, one with a bad challenge always.
std::string challenge_fault(const ledger::State&, const Hash& ledger, const Request&, Time now);
void note_challenge(ledger::Changes&, const Hash& ledger, const Request&, const ObjectRef& decision);

}  // namespace carechain::care
