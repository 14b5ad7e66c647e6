#include "common/json_line.h"

#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/json_text.h"

JsonLine::JsonLine(std::string_view type, int instance) {
  Put("{");
  Text("type", type);
  Integer("instance", instance);
}

JsonLine& JsonLine::Text(std::string_view key, std::string_view value, std::size_t limit) {
  if (!PutKey(key)) return *this;
  Put("\"");
  PutCharacters(value, limit);
  bytes_[length_++] = '"';  // kTail keeps its place
  return *this;
}

JsonLine& JsonLine::Integer(std::string_view key, long long value) {
  char text[24];
  const int length = std::snprintf(text, sizeof text, "%lld", value);
  PutField(key, {text, static_cast<std::size_t>(length)});
  return *this;
}

JsonLine& JsonLine::Number(std::string_view key, double value) {
  if (!std::isfinite(value)) return *this;
  char text[32];
  int length = std::snprintf(text, sizeof text, "%.15g", value);
  // The shorter form where it is the same number, so that people see 0.1.
  if (std::strtod(text, nullptr) != value)
    length = std::snprintf(text, sizeof text, "%.17g", value);
  PutField(key, {text, static_cast<std::size_t>(length)});
  return *this;
}

JsonLine& JsonLine::Seconds(std::string_view key, Nanoseconds value) {
  char text[32];
  const char* const sign = value < 0 ? "-" : "";
  const long long whole = std::llabs(value / kSecond);
  const long long rest = std::llabs(value % kSecond);
  const int length = std::snprintf(text, sizeof text, "%s%lld.%09lld", sign, whole, rest);
  PutField(key, {text, static_cast<std::size_t>(length)});
  return *this;
}

JsonLine& JsonLine::Open(std::string_view key) {
  fits_ = PutKey(key);
  if (fits_) Put("{");
  open_ = true;
  first_ = true;
  return *this;
}

JsonLine& JsonLine::Close() {
  if (fits_) bytes_[length_++] = '}';  // kTail keeps its place
  open_ = false;
  first_ = false;
  fits_ = true;
  return *this;
}

bool JsonLine::Write(int descriptor) {
  if (open_) Close();
  bytes_[length_++] = '}';
  bytes_[length_++] = '\n';
  std::size_t written = 0;
  // One write is all it takes on a pipe and a socket; the loop is for signals and full disks.
  while (written < length_) {
    const ssize_t count = write(descriptor, bytes_ + written, length_ - written);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) written += static_cast<std::size_t>(count);
  }
  return true;
}

bool JsonLine::Put(std::string_view bytes) {
  if (length_ + bytes.size() + kTail >= kCapacity) return false;
  std::memcpy(bytes_ + length_, bytes.data(), bytes.size());
  length_ += bytes.size();
  return true;
}

/// Room is left for an opening quote or brace, so that what follows a key is never half there.
bool JsonLine::PutKey(std::string_view key) {
  const std::size_t before = length_;
  if (fits_ && (first_ || Put(",")) && Put("\"") && Put(key) && Put("\":") &&
      length_ + kTail + 1 < kCapacity) {
    first_ = false;
    return true;
  }
  length_ = before;
  return false;
}

void JsonLine::PutField(std::string_view key, std::string_view value) {
  const std::size_t before = length_;
  const bool first = first_;
  if (PutKey(key) && Put(value)) return;
  length_ = before;
  first_ = first;
}

void JsonLine::PutCharacters(std::string_view value, std::size_t limit) {
  while (!value.empty()) {
    const JsonCharacter character = FirstJsonCharacter(value);
    if (character.weight > limit || !Put({character.bytes, character.length})) return;
    limit -= character.weight;
    value.remove_prefix(character.consumed);
  }
}
