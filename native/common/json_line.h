// The protocol's lines, as they are written.
#pragma once

#include <cstddef>
#include <string_view>

#include "common/clock.h"

/// One line on its way out: an object that begins with its type and instance and leaves with one
/// write(2), under 4 KiB whatever is put into it. A number that does not fit any more, or is not
/// finite, is left out with its key; a text that does not fit is cut at a character.
class JsonLine {
 public:
  JsonLine(std::string_view type, int instance);

  /// At most `limit` bytes of `value`, counted as the reader gets them.
  JsonLine& Text(std::string_view key, std::string_view value, std::size_t limit = kCapacity);
  JsonLine& Integer(std::string_view key, long long value);
  JsonLine& Number(std::string_view key, double value);
  /// Seconds with nine decimals, exact.
  JsonLine& Seconds(std::string_view key, Nanoseconds value);
  /// Fields until Close() belong to an object of their own. One at a time.
  JsonLine& Open(std::string_view key);
  JsonLine& Close();

  /// Ends the line and writes it. False when nobody reads it any more.
  bool Write(int descriptor);

 private:
  static constexpr std::size_t kCapacity = 4096;
  static constexpr std::size_t kTail = 4;  // a closing quote, two braces and the newline

  bool Put(std::string_view bytes);
  bool PutKey(std::string_view key);
  void PutField(std::string_view key, std::string_view value);
  void PutCharacters(std::string_view value, std::size_t limit);

  char bytes_[kCapacity];
  std::size_t length_ = 0;
  bool open_ = false;  // inside an inner object
  bool first_ = true;  // no field yet in the object that is open
  bool fits_ = true;   // the inner object's key had room
};
