#include "libcore/cli/keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "libcore/base/error.hpp"
#include "libcore/base/nearest.hpp"
#include "libcore/store/file.hpp"

namespace carechain::cli {
namespace {

constexpr std::size_t max_passphrase = 4096;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Byte by byte, so that what follows the line stays for whoever reads the descriptor next.
std::string first_line(int descriptor, const std::string& name) {
  std::string line;
  for (;;) {
    char c = 0;
    const ssize_t got = ::read(descriptor, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error("cannot read the passphrase from " + name + ": " + std::strerror(errno));
    if (got == 0 || c == '\n') return line;
    if (line.size() == max_passphrase) throw Error("the passphrase in " + name + " is too long");
    line += c;
  }
}

std::optional<std::string> ask_terminal(const std::string& key) {
  const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::nullopt;
  const store::File terminal(descriptor, "/dev/tty");
  termios shown{};
  if (tcgetattr(descriptor, &shown) != 0) return std::nullopt;
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  const std::string prompt = "Passphrase for " + key + ": ";
  tcsetattr(descriptor, TCSAFLUSH, &hidden);
  std::string line;
  if (::write(descriptor, prompt.data(), prompt.size()) > 0) line = first_line(descriptor, "the terminal");
  tcsetattr(descriptor, TCSAFLUSH, &shown);
  return ::write(descriptor, "\n", 1) == 1 ? std::optional(line) : std::nullopt;
}

}  // namespace

std::string keys_directory() {
  const std::string chosen = environment("CARECHAIN_KEYS");
  return chosen.empty() ? environment("HOME") + "/.config/carechain/keys" : chosen;
}

std::vector<std::string> key_names() {
  std::vector<std::string> names;
  if (!store::is_directory(keys_directory())) return names;
  for (const auto& file : store::list_directory(keys_directory())) {
    if (file.size() > 4 && file.ends_with(".pem")) names.push_back(file.substr(0, file.size() - 4));
  }
  return names;
}

std::string key_path(const std::string& file_or_name) {
  if (file_or_name.find('/') != std::string::npos) return file_or_name;
  std::string named = keys_directory() + '/' + file_or_name + ".pem";
  if (store::exists(named)) return named;
  if (store::exists(file_or_name) && !store::is_directory(file_or_name)) return file_or_name;
  const auto meant = nearest(file_or_name, key_names());
  throw Error("there is no key '" + file_or_name + "' in " + keys_directory(),
              meant ? "did you mean " + *meant + "?" : "keygen " + file_or_name);
}

crypto::Passphrase passphrase_of(const KeyChoice& choice) {
  return [choice]() -> std::optional<std::string> {
    if (choice.passphrase_fd >= 0) {
      return first_line(choice.passphrase_fd, "descriptor " + std::to_string(choice.passphrase_fd));
    }
    if (choice.passphrase_file.empty()) return ask_terminal(choice.key);
    const auto file = store::File::open_read(choice.passphrase_file);
    return first_line(file.descriptor(), choice.passphrase_file);
  };
}

crypto::PemKeys read_key(const KeyChoice& choice) {
  const std::string path = key_path(choice.key);
  std::string text = store::read_file(path, max_key_file);
  try {
    auto keys = crypto::read_pem(text, passphrase_of(choice));
    wipe(text.data(), text.size());
    return keys;
  } catch (const Error& error) {
    wipe(text.data(), text.size());
    throw Error(path + ": " + error.what(), error.hint(), error.exit());
  }
}

std::string warning_about_key(const std::string& file_or_name) try {
  const std::string path = key_path(file_or_name);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || (status.st_mode & 0077) == 0) return "";
  std::string text = store::read_file(path, max_key_file);
  const bool is_private = text.find("PRIVATE KEY-----") != std::string::npos;
  wipe(text.data(), text.size());
  return is_private ? "warning: others have access to the private key " + path + ": chmod 600 " + path : "";
} catch (const Error&) {
  return "";  // whoever needs the key will say what is wrong with it
}

}  // namespace carechain::cli
