#pragma once
// Text as characters: the language counts Unicode code points, not bytes. Texts are sound UTF-8.

#include <cstdint>
#include <string>
#include <string_view>

namespace carechain::contract {

bool is_character(std::uint32_t code);  // a Unicode scalar value
void append_utf8(std::string& to, std::uint32_t code);
std::size_t count_characters(std::string_view);
// The byte at which character `index` begins; text.size() for the one behind the last. Requires index <= the count.
std::size_t byte_of_character(std::string_view, std::size_t index);
std::size_t size_of_character(char first_byte);
bool is_blank(std::string_view character);  // Unicode White_Space

}  // namespace carechain::contract
