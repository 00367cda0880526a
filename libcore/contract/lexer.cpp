#include "libcore/contract/lexer.hpp"

#include <array>

#include "libcore/contract/characters.hpp"

namespace carechain::contract {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

// What a single letter behind a backslash stands for; 0: nothing of the kind.
char plain_escape(char c) {
  switch (c) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
    case '?':
    case '"':
    case '\'':
    case '`':
      return c;
    default:
      return 0;
  }
}

}  // namespace

void Lexer::fail(std::size_t at, const std::string& reason, const std::string& hint) const {
  throw ExpressionFault(source_, static_cast<std::uint32_t>(at), reason, hint);
}

void Lexer::skip_blanks() {
  for (;;) {
    while (look() == ' ' || look() == '\t' || look() == '\n' || look() == '\r' || look() == '\f') ++at_;
    if (look() != '/' || look(1) != '/') return;
    while (at_ < source_.size() && look() != '\n') ++at_;
  }
}

bool Lexer::at_literal(bool& raw, bool& bytes, std::size_t& quote) const {
  raw = bytes = false;
  quote = at_;
  for (int i = 0; i < 2 && quote < source_.size(); ++i, ++quote) {
    const char c = source_[quote];
    if ((c == 'r' || c == 'R') && !raw)
      raw = true;
    else if ((c == 'b' || c == 'B') && !bytes && !raw)
      bytes = true;
    else
      break;
  }
  return quote < source_.size() && (source_[quote] == '"' || source_[quote] == '\'');
}

Token Lexer::next() {
  skip_blanks();
  bool raw = false, bytes = false;
  std::size_t quote = 0;
  if (at_ >= source_.size()) return {Token::Kind::end, static_cast<std::uint32_t>(at_), {}, {}};
  if (at_literal(raw, bytes, quote)) {
    const std::size_t begin = at_;
    at_ = quote;
    return literal(begin, raw, bytes);
  }
  if (is_letter(look())) return word();
  if (is_digit(look()) || (look() == '.' && is_digit(look(1)))) return number();
  if (look() == '`') return quoted_word();
  static constexpr std::array<std::string_view, 23> symbols{"&&", "||", "==", "!=", "<=", ">=", "(", ")",
                                                            "[",  "]",  "{",  "}",  ".",  ",",  ":", "?",
                                                            "<",  ">",  "+",  "-",  "*",  "/",  "%"};
  for (const std::string_view symbol : symbols)
    if (source_.substr(at_).starts_with(symbol)) {
      at_ += symbol.size();
      return {Token::Kind::symbol, static_cast<std::uint32_t>(at_ - symbol.size()), symbol, {}};
    }
  if (look() == '!') return {Token::Kind::symbol, static_cast<std::uint32_t>(at_++), "!", {}};
  if (look() == '=') fail(at_, "a single '=' means nothing here", "== compares");
  fail(at_, "unexpected character");
}

Token Lexer::word() {
  const std::size_t begin = at_;
  while (is_letter(look()) || is_digit(look())) ++at_;
  return {Token::Kind::word, static_cast<std::uint32_t>(begin), source_.substr(begin, at_ - begin), {}};
}

Token Lexer::quoted_word() {
  const std::size_t begin = at_++;
  while (is_letter(look()) || is_digit(look()) || look() == '.' || look() == '-' || look() == '/' || look() == ' ')
    ++at_;
  if (look() != '`' || at_ == begin + 1) fail(begin, "a quoted field name holds letters, digits, . - / and blanks");
  ++at_;
  const std::string_view source = source_.substr(begin, at_ - begin);
  return {Token::Kind::quoted_word, static_cast<std::uint32_t>(begin), source,
          std::string(source.substr(1, source.size() - 2))};
}

Token Lexer::number() {
  const std::size_t begin = at_;
  const bool hexadecimal = look() == '0' && (look(1) == 'x' || look(1) == 'X');
  if (hexadecimal) {
    at_ += 2;
    while (is_hex(look())) ++at_;
    if (at_ == begin + 2) fail(begin, "a hexadecimal number needs digits");
  } else {
    while (is_digit(look())) ++at_;
    if ((look() == '.' && is_digit(look(1))) || look() == 'e' || look() == 'E' || at_ == begin)
      fail(begin, "there are no floating point numbers", "write amounts in cents and rates in basis points");
  }
  Token token{Token::Kind::integer, static_cast<std::uint32_t>(begin), source_.substr(begin, at_ - begin), {}};
  if (look() == 'u' || look() == 'U') {
    token.kind = Token::Kind::unsigned_integer;
    ++at_;
  }
  if (is_letter(look()) || is_digit(look())) fail(at_, "a number ends where a letter begins");
  return token;
}

std::uint32_t Lexer::digits(std::size_t count, unsigned base) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < count; ++i, ++at_) {
    const int digit = digit_value(look());
    if (digit >= static_cast<int>(base)) fail(at_, "this escape needs " + std::to_string(count) + " digits");
    number = number * base + static_cast<std::uint32_t>(digit);
  }
  return number;
}

void Lexer::escape(std::string& to, bool bytes) {
  const std::size_t begin = at_++;
  const char c = look();
  if (const char plain = plain_escape(c)) {
    ++at_;
    to += plain;
    return;
  }
  const bool short_unicode = c == 'u', long_unicode = c == 'U', hexadecimal = c == 'x' || c == 'X';
  if (!short_unicode && !long_unicode && !hexadecimal && (c < '0' || c > '3')) fail(begin, "unknown escape");
  if (bytes && (short_unicode || long_unicode)) fail(begin, "bytes have no unicode escapes");
  const bool octal = !short_unicode && !long_unicode && !hexadecimal;
  if (!octal) ++at_;
  const std::uint32_t code = octal ? digits(3, 8) : digits(short_unicode ? 4 : long_unicode ? 8 : 2, 16);
  if (bytes) {
    to += static_cast<char>(code);
  } else {
    if (!is_character(code)) fail(begin, "this is not a Unicode character");
    append_utf8(to, code);
  }
}

Token Lexer::literal(std::size_t begin, bool raw, bool bytes) {
  const char quote = look();
  const bool triple = look(1) == quote && look(2) == quote;
  const std::string end(triple ? 3 : 1, quote);
  at_ += end.size();
  std::string content;
  while (!source_.substr(at_).starts_with(end)) {
    if (at_ >= source_.size() || (!triple && (look() == '\n' || look() == '\r'))) fail(begin, "this text has no end");
    if (look() == '\\' && !raw)
      escape(content, bytes);
    else
      content += source_[at_++];
  }
  at_ += end.size();
  return {bytes ? Token::Kind::bytes : Token::Kind::text, static_cast<std::uint32_t>(begin),
          source_.substr(begin, at_ - begin), std::move(content)};
}

}  // namespace carechain::contract
