// Text of any origin, made safe to stand in JSON.
#pragma once

#include <cstddef>
#include <string_view>

/// One character as it stands in a JSON string, and what it was made of.
struct JsonCharacter {
  char bytes[8];
  std::size_t length;    // of bytes
  std::size_t consumed;  // bytes of the text it stands for
  std::size_t weight;    // bytes that a reader of the JSON gets
};

/// The first character of `text`, which is not empty. Control characters, quotes and backslashes
/// are escaped; a byte that is not UTF-8 becomes U+FFFD.
JsonCharacter FirstJsonCharacter(std::string_view text);
