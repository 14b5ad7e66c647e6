#include "common/json_text.h"

#include <cstdio>
#include <cstring>

namespace {

unsigned ByteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// How many bytes a lead byte announces; 0 for a byte that leads nothing.
std::size_t AnnouncedLength(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/// Neither overlong, nor a surrogate, nor beyond Unicode.
bool IsScalar(unsigned code, std::size_t length) {
  constexpr unsigned kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code >= kSmallest[length] && !surrogate && code <= 0x10ffff;
}

/// Bytes of the well-formed UTF-8 character that `text` begins with; 0 when it begins otherwise.
std::size_t Utf8Length(std::string_view text) {
  const unsigned lead = ByteAt(text, 0);
  const std::size_t length = AnnouncedLength(lead);
  if (length <= 1) return length;
  if (text.size() < length) return 0;
  unsigned code = lead & (0x7fU >> length);
  for (std::size_t at = 1; at < length; ++at) {
    const unsigned byte = ByteAt(text, at);
    if ((byte & 0xc0U) != 0x80) return 0;
    code = code << 6U | (byte & 0x3fU);
  }
  return IsScalar(code, length) ? length : 0;
}

JsonCharacter Copied(std::string_view bytes, std::size_t consumed) {
  JsonCharacter character{{}, bytes.size(), consumed, bytes.size()};
  std::memcpy(character.bytes, bytes.data(), bytes.size());
  return character;
}

JsonCharacter Escaped(unsigned byte) {
  JsonCharacter character{{}, 2, 1, 1};
  if (byte == '"' || byte == '\\') {
    character.bytes[0] = '\\';
    character.bytes[1] = static_cast<char>(byte);
    return character;
  }
  constexpr std::size_t kLength = 6;
  (void)std::snprintf(character.bytes, sizeof character.bytes, "\\u%04x", byte);
  character.length = kLength;
  return character;
}

}  // namespace

JsonCharacter FirstJsonCharacter(std::string_view text) {
  const unsigned first = ByteAt(text, 0);
  if (first < 0x20 || first == '"' || first == '\\') return Escaped(first);
  const std::size_t length = Utf8Length(text);
  if (length == 0) return Copied("\xef\xbf\xbd", 1);
  return Copied({text.data(), length}, length);
}
