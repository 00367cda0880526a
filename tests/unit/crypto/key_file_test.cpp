#include "libcore/crypto/key_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "libcore/base/error.hpp"
#include "libcore/crypto/der.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/pem.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;

namespace {

const Passphrase none = [] { return std::nullopt; };
Passphrase always(const std::string& text) {
  return [text] { return std::optional(text); };
}

// RFC 8410 section 10.3.
const std::string rfc_private =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";
const std::string rfc_private_v2 =
    "-----BEGIN PRIVATE KEY-----\n"
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n"
    "Z9w7lshQhqowtrbLDFw4rXAxZuE=\n"
    "-----END PRIVATE KEY-----\n";
const std::string rfc_seed = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
const std::string rfc_public = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

std::string read_refused(std::string_view text, const Passphrase& passphrase = none) {
  try {
    read_pem(text, passphrase);
    return "";
  } catch (const Error& e) {
    return e.what();
  }
}

// A scratch directory that goes with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "carechain-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name)) << text;
    return at(name);
  }
  std::string read(const std::string& name) const {
    std::ifstream file(at(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

struct Ran {
  bool ok;
  std::string out;
};

Ran openssl(const std::string& arguments) {
  FILE* pipe = popen(("openssl " + arguments + " 2>/dev/null").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  const int status = pclose(pipe);
  return {WIFEXITED(status) && WEXITSTATUS(status) == 0, out};
}

bool have_openssl() {
  const bool have = openssl("version").ok;
  if (!have) MESSAGE("skipped, there is no openssl");
  return have;
}

// The hex of a key in the output of `openssl pkey -text`, which prints 15 bytes a line with colons.
std::string text_key(const std::string& text, const std::string& title) {
  const std::size_t from = text.find(title + ":\n");
  REQUIRE(from != std::string::npos);
  std::string hex;
  for (std::size_t i = from + title.size() + 2; i < text.size() && hex.size() < 64; ++i)
    if (std::isxdigit(static_cast<unsigned char>(text[i]))) hex += text[i];
  return hex;
}

std::string seed_of(const PemKeys& keys, std::size_t i = 0) { return test::to_hex(keys.seeds.at(i).view()); }

}  // namespace

TEST_CASE("the private keys of RFC 8410 are read, and the plain one is written byte for byte") {
  const PemKeys keys = read_pem(rfc_private, none);
  CHECK(keys.seeds.size() == 1);
  CHECK_FALSE(keys.only_public);
  CHECK(seed_of(keys) == rfc_seed);
  CHECK(write_private_pem(keys.seeds[0]) == rfc_private);
  CHECK(seed_of(read_pem(rfc_private_v2, none)) == rfc_seed);
}

TEST_CASE("the public key of RFC 8410 is written and read") {
  const std::string pem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC "
      "KEY-----\n";
  const PublicKey key = public_key(SecretKey(test::from_hex(rfc_seed)));
  CHECK(test::to_hex(key.view()) == rfc_public);
  CHECK(write_public_pem(key) == pem);
  const PemKeys keys = read_pem(pem, none);
  CHECK(keys.seeds.empty());
  REQUIRE(keys.only_public);
  CHECK(*keys.only_public == key);
  CHECK_FALSE(read_pem(rfc_private + pem, none).only_public);
}

TEST_CASE("text around the armour and line ends of another system are ignored") {
  std::string text = "name: alice\n\n" + rfc_private + "\nthe end\n";
  CHECK(seed_of(read_pem(text, none)) == rfc_seed);
  std::string windows;
  for (char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(seed_of(read_pem(windows, none)) == rfc_seed);
}

TEST_CASE("several keys come in the order of the file, and the passphrase is asked for once") {
  const Random random = test::repeatable(5);
  const SecretKey current = draw_secret(random), retired = draw_secret(random);
  const std::string text = write_encrypted_pem(current, "pass", random) + write_encrypted_pem(retired, "pass", random) +
                           write_private_pem(retired);
  int asked = 0;
  const PemKeys keys = read_pem(text, [&asked] { return ++asked, std::optional<std::string>("pass"); });
  CHECK(asked == 1);
  REQUIRE(keys.seeds.size() == 3);
  CHECK(same(keys.seeds[0].view(), current.view()));
  CHECK(same(keys.seeds[1].view(), retired.view()));
  CHECK(same(keys.seeds[2].view(), retired.view()));
}

TEST_CASE("an encrypted key needs its passphrase") {
  const std::string text = write_encrypted_pem(SecretKey(Bytes(32, 3)), "right", test::repeatable(6));
  CHECK(read_refused(text) == "the key is encrypted and there is no passphrase");
  CHECK(read_refused(text, always("wrong")) == "wrong passphrase");
  CHECK(read_refused(text, always("")) == "wrong passphrase");
  CHECK(read_refused(text, always("right")).empty());
}

TEST_CASE("what is no Ed25519 key is refused by name") {
  CHECK(read_refused("") == "there is no key in it");
  CHECK(read_refused("hello") == "there is no key in it");
  const auto block = [](const std::string& label, const std::string& body) {
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  };
  CHECK(read_refused(block("CERTIFICATE", "AAAA")) == "there is no key in it");
  CHECK(read_refused(block("RSA PRIVATE KEY", "AAAA")).find("RSA PRIVATE KEY") != std::string::npos);
  CHECK(read_refused(block("OPENSSH PRIVATE KEY", "AAAA")).find("OPENSSH PRIVATE KEY") != std::string::npos);
  // An X25519 and an Ed448 algorithm identifier.
  CHECK(read_refused(block("PRIVATE KEY", "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC"))
            .find("type X25519") != std::string::npos);
  CHECK(read_refused(block("PRIVATE KEY", "MC4CAQAwBQYDK2VxBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC"))
            .find("type Ed448") != std::string::npos);
  CHECK(read_refused("-----BEGIN PRIVATE KEY-----\nMC4C") == "the key is cut: a PEM block has no end");
  CHECK_FALSE(read_refused(block("PRIVATE KEY", "MC4CAQAw*QYD")).empty());
  const std::string of_small_order =
      block("PUBLIC KEY", "MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  CHECK(read_refused(of_small_order) == "the public key is not a sound Ed25519 key");
}

TEST_CASE("a public half that does not belong to the private one is refused") {
  std::string text = rfc_private_v2;
  text.replace(text.find("Gb9E"), 4, "Gb9F");
  CHECK(read_refused(text).find("do not belong together") != std::string::npos);
}

TEST_CASE("base64 that is not the shortest spelling of its bytes is refused") {
  for (std::string ending : {"ZuE", "ZuF=", "ZuE==", "Zu=E", "=ZuE", "ZuE=A"}) {
    std::string text = rfc_private_v2;
    text.replace(text.find("ZuE="), 4, ending);
    CAPTURE(ending);
    CHECK_FALSE(read_refused(text).empty());
  }
}

TEST_CASE("every cut and every flipped bit of a key's DER gives the key or an Error") {
  const std::string body = rfc_private.substr(28, 64);
  for (std::size_t i = 0; i < body.size(); ++i)
    for (char c : {'A', 'B', '/', '='}) {
      std::string altered = rfc_private;
      altered[28 + i] = c;
      (void)read_refused(altered);
      (void)read_refused(rfc_private.substr(0, 28 + i) + rfc_private.substr(92));
    }
  CHECK(read_refused(rfc_private).empty());
}

TEST_CASE("openssl's keys are read by us") {
  if (!have_openssl()) return;
  const Scratch dir;
  const std::string plain = dir.at("plain"), pass = dir.write("pass", "correct horse\n");
  REQUIRE(openssl("genpkey -algorithm ed25519 -out " + plain).ok);
  const std::string seed = text_key(openssl("pkey -noout -text -in " + plain).out, "priv");
  CHECK(seed_of(read_pem(dir.read("plain"), none)) == seed);

  REQUIRE(
      openssl("pkcs8 -topk8 -v2 aes-256-cbc -passout file:" + pass + " -in " + plain + " -out " + dir.at("pbkdf2")).ok);
  CHECK(seed_of(read_pem(dir.read("pbkdf2"), always("correct horse"))) == seed);
  CHECK(read_refused(dir.read("pbkdf2"), always("battery")) == "wrong passphrase");
  REQUIRE(openssl("pkcs8 -topk8 -scrypt -passout file:" + pass + " -in " + plain + " -out " + dir.at("scrypt")).ok);
  CHECK(seed_of(read_pem(dir.read("scrypt"), always("correct horse"))) == seed);
  CHECK(read_refused(dir.read("scrypt"), always("battery")) == "wrong passphrase");
  REQUIRE(openssl("genpkey -algorithm ed25519 -aes-256-cbc -pass file:" + pass + " -out " + dir.at("generated")).ok);
  CHECK(read_pem(dir.read("generated"), always("correct horse")).seeds.size() == 1);

  REQUIRE(openssl("pkey -pubout -in " + plain + " -out " + dir.at("public")).ok);
  CHECK(read_pem(dir.read("public"), none).only_public == public_key(SecretKey(test::from_hex(seed))));
}

TEST_CASE("our keys are read by openssl") {
  if (!have_openssl()) return;
  const Scratch dir;
  const Random random = test::repeatable(7);
  const SecretKey seed = draw_secret(random);
  const std::string pass = dir.write("pass", "correct horse\n");
  const std::string plain = dir.write("plain", write_private_pem(seed));
  const std::string encrypted = dir.write("encrypted", write_encrypted_pem(seed, "correct horse", random));
  const std::string open = dir.write("public", write_public_pem(public_key(seed)));
  const Ran text = openssl("pkey -noout -text -in " + plain);
  REQUIRE(text.ok);
  CHECK(text_key(text.out, "priv") == test::to_hex(seed.view()));
  CHECK(text_key(text.out, "pub") == test::to_hex(public_key(seed).view()));
  CHECK(openssl("pkey -noout -text -passin file:" + pass + " -in " + encrypted).out == text.out);
  CHECK(openssl("pkey -pubin -pubout -in " + open).out == write_public_pem(public_key(seed)));
  CHECK(openssl("pkey -in " + plain).out == write_private_pem(seed));
}

TEST_CASE("encryption we do not know, or that costs too much, is refused by name") {
  if (!have_openssl()) return;
  const Scratch dir;
  const std::string plain = dir.write("plain", rfc_private), pass = dir.write("pass", "correct horse\n");
  const auto refused = [&](const std::string& options) {
    REQUIRE(
        openssl("pkcs8 -topk8 " + options + " -passout file:" + pass + " -in " + plain + " -out " + dir.at("out")).ok);
    return read_refused(dir.read("out"), always("correct horse"));
  };
  CHECK(refused("-v2 aes-128-cbc").find("the cipher 2.16.840.1.101.3.4.1.2,") != std::string::npos);
  CHECK(refused("-v2 aes-256-cbc -v2prf hmacWithSHA512").find("PBKDF2 over 1.2.840.113549.2.11,") != std::string::npos);
  CHECK(refused("-v2 aes-256-cbc -v2prf hmacWithSHA1").find("PBKDF2") != std::string::npos);
  CHECK(refused("-scrypt -scrypt_N 16384 -scrypt_r 8 -scrypt_p 1").empty());
}

TEST_CASE("scrypt parameters that want over 256 MiB or make no sense are refused before any work") {
  const auto value = [](Tag tag, std::string_view hex) { return der_value(tag, {test::from_hex(hex)}); };
  const auto refused = [&](std::uint64_t n, std::uint64_t r, std::uint64_t p) {
    const Bytes parameters =
        der_value(Tag::sequence, {value(Tag::octet_string, "00112233"), der_whole(n), der_whole(r), der_whole(p)});
    const Bytes derivation =
        der_value(Tag::sequence, {value(Tag::object_identifier, "2b06010401da47040b"), parameters});
    const Bytes cipher = der_value(Tag::sequence, {value(Tag::object_identifier, "60864801650304012a"),
                                                   der_value(Tag::octet_string, {Bytes(16, 0)})});
    const Bytes scheme = der_value(Tag::sequence, {derivation, cipher});
    const Bytes algorithm = der_value(Tag::sequence, {value(Tag::object_identifier, "2a864886f70d01050d"), scheme});
    const Bytes der = der_value(Tag::sequence, {algorithm, der_value(Tag::octet_string, {Bytes(64, 0)})});
    return read_refused(pem_encode("ENCRYPTED PRIVATE KEY", der), always("pass"));
  };
  const std::string costly = "the key's scrypt parameters want more than 256 MiB of memory, or too much work";
  const std::string senseless = "the key is malformed: its scrypt parameters make no sense";
  CHECK(refused(1 << 18, 8, 1) == "wrong passphrase");  // exactly 256 MiB
  CHECK(refused(1 << 19, 8, 1) == costly);
  CHECK(refused(1 << 18, 9, 1) == costly);
  CHECK(refused(1 << 14, 8, 1 << 20) == costly);
  CHECK(refused(std::uint64_t{1} << 62, 8, 1) == costly);
  CHECK(refused(2, std::uint64_t{1} << 62, 1) == costly);
  CHECK(refused(2, 1, std::uint64_t{1} << 62) == costly);
  CHECK(refused(3 << 14, 8, 1) == senseless);
  CHECK(refused(1, 8, 1) == senseless);
  CHECK(refused(0, 8, 1) == senseless);
  CHECK(refused(1 << 14, 0, 1) == senseless);
  CHECK(refused(1 << 14, 8, 0) == senseless);
}
