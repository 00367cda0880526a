#include "libcore/cli/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <new>

#include "libcore/cli/catalog.hpp"
#include "libcore/cli/describe.hpp"
#include "libcore/cli/keys.hpp"
#include "libcore/cli/options.hpp"

namespace carechain::cli {
namespace {

struct Common {
  Format format = Format::automatic;
  bool quiet = false, help = false, version = false;
  std::string emit, emit_prefix;
};

// A file opened later must not become standard output. Writing to these in their place fails, as it should.
void hold_standard_descriptors() {
  for (const int descriptor : {0, 1, 2}) {
    if (::fcntl(descriptor, F_GETFD) < 0) ::open("/dev/null", descriptor == 1 ? O_RDONLY : O_WRONLY);
  }
}

void declare_common(OptionSet& set, Common& common) {
  set.add("--format", common.format, "how stdout is written; otherwise text on a terminal, else JSON lines")
      .check(choice<Format>({{"text", Format::text}, {"json", Format::json}}))
      .group(common_group);
  set.add_flag("-q,--quiet", common.quiet, "say nothing on stderr but errors").group(common_group);
  set.add_flag("-h,--help", common.help, "show this help").group(common_group);
  set.add_flag("--version", common.version, "show the version").group(common_group);
  set.add("--emit", common.emit).check(one_of({"man", "bash", "zsh", "fish"})).group("");
  set.add("--emit-prefix", common.emit_prefix).group("");
}

std::string rendered(const Page& page, const std::string& form) {
  if (form == "man") return render_man(page);
  if (form == "bash") return render_bash(page);
  if (form == "zsh") return render_zsh(page);
  if (form == "fish") return render_fish(page);
  throw misuse("--emit: '" + form + "' is none of man,bash,zsh,fish");
}

std::string version_line(const std::string& name) { return name + " (carechain) " + std::string(version()) + '\n'; }

// What is asked about the program itself; empty: it is to run.
std::string about_itself(const About& about, const std::string& name, const OptionSet& set, const CommandLine& line) {
  if (line.has("version")) return version_line(name);
  std::string prefix = line.has("emit-prefix") ? line.value("emit-prefix") : std::string(program_prefix());
  if (prefix == "-") prefix.clear();  // as the source tree has them, whatever this build puts before names
  if (line.has("help")) return render_help(describe(about, prefix, set));
  if (line.has("emit")) return rendered(describe(about, prefix, set), line.value("emit"));
  return "";
}

Exit printed(const std::string& name, const std::string& text) {
  Output out({name, Format::text}, {});
  out.raw(view_of(text));
  out.flush();
  return Exit::ok;
}

// Lines that were finished come out even when an error follows; of two problems the first is told.
Exit finished(Output& out, const std::function<Exit(Output&)>& run) {
  Exit exit = Exit::trouble;
  try {
    exit = run(out);
  } catch (...) {
    try {
      out.flush();
    } catch (const Error&) {
    }
    throw;
  }
  out.flush();
  return exit;
}

// A private key that others can get at is still used, but not in silence.
void warn_of_open_key(const OptionSet& set, Output& out) {
  const CLI::Option* key = set.app().get_option_no_throw("--key");
  if (key == nullptr || key->count() == 0) return;
  if (const std::string warning = warning_about_key(key->as<std::string>()); !warning.empty()) out.words("{}", warning);
}

Exit run_words(const Program& program, const std::string& name, std::vector<std::string> words) {
  World world = make_world(program.about.name, words);
  OptionSet set(name);
  Common common;
  program.declare(set);
  declare_common(set, common);
  const CommandLine line = scan(set, words);
  if (const std::string text = about_itself(program.about, name, set, line); !text.empty()) return printed(name, text);
  if (line.has("batch")) {
    for (CLI::Option* option : set.app().get_options([](CLI::Option*) { return true; })) option->required(false);
  }
  parse(set, line);
  Output out({name, common.format, common.quiet}, std::move(world), line);
  warn_of_open_key(set, out);
  return finished(out, program.run);
}

}  // namespace

int guarded(std::string_view program, const std::function<int()>& work) {
  const std::string name = std::string(program_prefix()) + std::string(program);
  const auto fail = [&name](const std::string& what, const std::string& hint, Exit exit) {
    say_error(2, name, what, hint);
    return static_cast<int>(exit);
  };
  try {
    return work();
  } catch (const Error& error) {
    return fail(error.what(), error.hint(), error.exit());
  } catch (const std::bad_alloc&) {
    return fail("not enough memory", "", Exit::trouble);
  } catch (const std::exception& error) {
    return fail(error.what(), "", Exit::trouble);
  }
}

int run_program(int argc, char** argv, const Program& program) {
  hold_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  return guarded(program.about.name, [&] {
    const std::string name = std::string(program_prefix()) + std::string(program.about.name);
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    // Scripts ask this often; it costs no option parser.
    if (words.size() == 1 && words[0] == "--version") return static_cast<int>(printed(name, version_line(name)));
    return static_cast<int>(run_words(program, name, std::move(words)));
  });
}

}  // namespace carechain::cli
