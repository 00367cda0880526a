#pragma once
// Words of the expression language (CEL language definition, "Lexis"): no floating point literals.

#include "libcore/contract/syntax.hpp"

namespace carechain::contract {

struct Token {
  enum class Kind : std::uint8_t { end, word, quoted_word, integer, unsigned_integer, text, bytes, symbol };
  Kind kind = Kind::end;
  std::uint32_t position = 0;
  std::string_view source;  // as written; of a number: without "u"
  std::string content;      // of a text, bytes or `quoted word`: what it stands for
  bool is(std::string_view what) const { return (kind == Kind::symbol || kind == Kind::word) && source == what; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}
  Token next();  // throws ExpressionFault

 private:
  [[noreturn]] void fail(std::size_t at, const std::string& reason, const std::string& hint = {}) const;
  void skip_blanks();
  Token word();
  Token number();
  Token quoted_word();
  // A string literal whose prefix (r, b) ends where the quote stands.
  Token literal(std::size_t begin, bool raw, bool bytes);
  void escape(std::string& to, bool bytes);
  std::uint32_t digits(std::size_t count, unsigned base);
  bool at_literal(bool& raw, bool& bytes, std::size_t& quote) const;
  char look(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace carechain::contract
