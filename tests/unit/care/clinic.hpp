#pragma once
// A little chain whose organisation north keeps records of patients in a vault.

#include <fstream>

#include "libcore/care/access_operations.hpp"
#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/opening.hpp"
#include "libcore/care/release.hpp"
#include "libcore/care/store_record.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::testing {

inline crypto::Source source_of(ByteView bytes) {
  return [bytes, at = std::size_t{0}](std::span<std::uint8_t> buffer) mutable {
    const std::size_t size = std::min(buffer.size(), bytes.size() - at);
    std::ranges::copy(bytes.subspan(at, size), buffer.begin());
    at += size;
    return size;
  };
}

// What a custodian sends for one record: the line, and the ciphertext behind it.
struct Sent {
  care::Release fields;
  Bytes message;
  Bytes data;
};

// A grant of one provision: to read records of these types for treatment.
inline care::GrantAccess reading(const PublicKey& to, std::vector<std::string> types = {"*"}) {
  care::Provision provision;
  provision.actors = {{to, {}}};
  provision.types = std::move(types);
  provision.purposes = {{"TREAT"}};
  return {{{}, {provision}}};
}
inline care::Provision& rule(care::GrantAccess& grant) { return grant.policy.provisions.front(); }

class Clinic {
 public:
  LittleChain chain;

  Clinic() : Clinic(LittleChain::Settings{}) {}
  explicit Clinic(const LittleChain::Settings& settings)
      : chain(settings),
        vault_(care::Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random())) {}

  care::Vault& vault() { return vault_; }

  // Encrypts into the vault; what goes on the chain for it.
  care::PutRecord prepare(const std::string& patient, ByteView data, std::vector<std::string> types) {
    const ledger::Pool pool = chain.look();
    care::NewRecord fresh{chain.account(patient), std::move(types), "application/fhir+json", {}, {}, source_of(data)};
    return care::store_record({pool, vault_, chain.account("north"), chain.now(), chain.random()}, fresh);
  }
  // The same, queued but not sealed.
  care::ObjectRef queue(const std::string& patient, ByteView data, std::vector<std::string> types) {
    return ledger::ref_of({chain.act("north", prepare(patient, data, std::move(types))), 0});
  }
  care::ObjectRef store(const std::string& patient, std::string_view data, std::vector<std::string> types) {
    const auto ref = queue(patient, view_of(data), std::move(types));
    chain.mine();
    return ref;
  }

  care::GrantAccess grant_of(const std::string& to, std::vector<std::string> types) {
    return reading(chain.account(to), std::move(types));
  }
  care::GrantAccess grant_of(const std::string& to, const care::ObjectRef& record) {
    care::GrantAccess grant = reading(chain.account(to), {});
    rule(grant).types.reset();
    rule(grant).records = {record};
    return grant;
  }
  // Signs and queues a grant, with its capsules.
  care::ObjectRef grant(const std::string& patient, const care::GrantAccess& grant) {
    const ledger::Pool pool = chain.look();
    const SecretKey seed = chain.person(patient).seed.clone();
    care::seal_for_grantees({pool, vault_, seed, chain.account(patient), chain.random()}, grant);
    return ledger::ref_of({chain.act(patient, grant), 0});
  }

  care::Request request(std::vector<care::ObjectRef> records, const std::string& purpose = "TREAT") {
    care::Request request;
    request.custodian = chain.account("north");
    request.records = std::move(records);
    request.purpose = purpose;
    request.time = chain.now();
    request.nonce = care::Nonce(draw<care::Nonce::size>(chain.random()));
    return request;
  }
  Bytes ask(const std::string& who, const care::Request& request) {
    return care::sign_request(chain.id(), chain.person(who).signer, request);
  }
  Bytes ask(const std::string& who, const care::ObjectRef& record) { return ask(who, request({record})); }

  // The custodian's answer to a request.
  std::vector<Sent> answer(ByteView request) {
    std::vector<SecretKey> seeds;
    seeds.push_back(chain.person("north").seed.clone());
    Bytes transaction;
    auto released = care::release({chain.layout(),
                                   chain.operations(),
                                   &vault_,
                                   chain.person("north").signer,
                                   seeds,
                                   chain.now(),
                                   chain.random(),
                                   {}},
                                  request, transaction);
    std::vector<Sent> sent;
    for (care::Released& one : released) {
      Sent& line = sent.emplace_back(Sent{one.fields, one.message, Bytes(one.fields.bytes)});
      if (one.data) one.data->read_at(0, line.data);
    }
    return sent;
  }
  Sent answer_one(ByteView request) {
    auto sent = answer(request);
    if (sent.size() != 1) throw std::runtime_error("one answer expected, not " + std::to_string(sent.size()));
    return std::move(sent.front());
  }

  care::CheckedRelease check(const std::string& who, const Sent& sent) {
    std::vector<SecretKey> seeds;
    seeds.push_back(chain.person(who).seed.clone());
    return care::check_release(chain.id(), sent.message, seeds,
                               [](const PublicKey& key, const PublicKey& account) { return key == account; });
  }
  // What a reader gets out of an answer; throws what opening throws.
  std::string read(const std::string& who, const Sent& sent) {
    const auto checked = check(who, sent);
    std::string plain;
    care::open_data(
        chain.id(), checked, source_of(sent.data), [&](ByteView bytes) { plain += text_of(bytes); }, 1,
        crypto::Digest::plain);
    return plain;
  }

 private:
  care::Vault vault_;
};

}  // namespace carechain::testing
