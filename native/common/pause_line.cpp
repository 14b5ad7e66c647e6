#include "common/pause_line.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace {

/// Takes words off the front of a line, each ended by one space or by the line's end.
class Words {
 public:
  explicit Words(const char* line) : rest_(line) {}

  bool Take(Word& word) {
    const std::size_t length = std::strcspn(rest_, " ");
    if (left_ && length > 0 && length < sizeof word.text) {
      std::memcpy(word.text, rest_, length);
      word.text[length] = '\0';
      left_ = rest_[length] == ' ';
      rest_ += length + (left_ ? 1 : 0);
      return true;
    }
    return false;
  }
  bool TakeExactly(const char* text) {
    Word word{};
    return Take(word) && std::strcmp(word.text, text) == 0;
  }
  [[nodiscard]] bool Empty() const { return !left_; }

 private:
  const char* rest_;
  bool left_ = true;  // another word must follow
};

/// Digits alone; -1 for anything else.
long long ReadNumber(const Word& word) {
  char* end = nullptr;
  errno = 0;
  const long long value = std::strtoll(word.text, &end, 10);
  const bool digits = std::strspn(word.text, "0123456789") == std::strlen(word.text);
  return digits && errno == 0 ? value : -1;
}

}  // namespace

std::optional<PausedLine> ParsePaused(const char* line) {
  Words words(line);
  PausedLine paused{};
  Word stamp{};
  if (!words.TakeExactly("paused")) return std::nullopt;
  if (!words.Take(paused.phase) || !words.Take(stamp)) return std::nullopt;
  paused.at = ReadNumber(stamp);
  if (paused.at < 0) return std::nullopt;
  if (words.Empty()) return paused;
  Word bytes{};
  if (!words.Take(bytes) || !words.Empty() || ReadNumber(bytes) < 0) return std::nullopt;
  paused.requested_bytes = static_cast<double>(ReadNumber(bytes));
  return paused;
}

std::optional<EndedLine> ParseEnded(const char* line) {
  Words words(line);
  EndedLine ended{};
  if (!words.TakeExactly("ended")) return std::nullopt;
  for (Word* const word : {&ended.outcome, &ended.reason, &ended.code, &ended.phase}) {
    if (!words.Take(*word)) return std::nullopt;
  }
  if (!words.Empty()) return std::nullopt;
  return ended;
}
