#include "common/options.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/// What follows --name= in `argument`, or null when it is another option.
const char* ValueIn(const char* argument, const char* name) {
  const std::size_t length = std::strlen(name);
  if (std::strncmp(argument, "--", 2) != 0) return nullptr;
  if (std::strncmp(argument + 2, name, length) != 0) return nullptr;
  return argument[2 + length] == '=' ? argument + 2 + length + 1 : nullptr;
}

bool IsDigit(char character) {
  return character >= '0' && character <= '9';
}

/// False unless `text` is digits alone, no more than fit. `end` is where they stop.
bool ReadDigits(const char* text, const char** end, long long* number) {
  char* stop = nullptr;
  errno = 0;
  if (!IsDigit(*text)) return false;
  *number = std::strtoll(text, &stop, 10);
  *end = stop;
  return errno == 0;
}

/// The decimals that follow a point, as nanoseconds; -1 when there are none, or too many.
Nanoseconds ReadDecimals(const char* text) {
  Nanoseconds value = 0;
  Nanoseconds unit = kSecond;
  if (*text == '\0') return -1;
  for (; IsDigit(*text) && unit > 1; ++text) {
    unit /= 10;
    value += (*text - '0') * unit;
  }
  return *text == '\0' ? value : -1;
}

/// -1 when the text is no number of seconds.
Nanoseconds ReadSeconds(const char* text) {
  constexpr long long kLongest = 1'000'000'000;
  long long whole = 0;
  const char* end = nullptr;
  if (!ReadDigits(text, &end, &whole) || whole > kLongest) return -1;
  if (*end == '\0') return whole * kSecond;
  const Nanoseconds decimals = *end == '.' ? ReadDecimals(end + 1) : -1;
  return decimals < 0 ? -1 : whole * kSecond + decimals;
}

}  // namespace

int FindProgram(int count, char** arguments) {
  int at = 1;
  while (at < count && std::strcmp(arguments[at], "--") != 0) ++at;
  return at;
}

Options::Options(int count, char** arguments) : count_(count), arguments_(arguments) {
  if (count <= kMost) return;
  count_ = kMost;
  refused_ = true;
}

const char* Options::Text(const char* name, const char* fallback) {
  for (int at = 1; at < count_; ++at) {
    const char* const value = ValueIn(arguments_[at], name);
    if (value == nullptr) continue;
    asked_ |= std::uint64_t{1} << at;
    return value;
  }
  return fallback;
}

long long Options::Integer(const char* name, long long fallback, long long smallest,
                           long long largest) {
  const char* const text = Text(name, nullptr);
  if (text == nullptr) return fallback;
  long long number = 0;
  const char* end = "";
  const bool whole = ReadDigits(text, &end, &number) && *end == '\0';
  Expect(whole && number >= smallest && number <= largest, name, "a whole number in range");
  return number;
}

Nanoseconds Options::Seconds(const char* name, Nanoseconds fallback) {
  const char* const text = Text(name, nullptr);
  if (text == nullptr) return fallback;
  const Nanoseconds value = ReadSeconds(text);
  Expect(value >= 0, name, "a number of seconds");
  return value;
}

bool Options::Boolean(const char* name, bool fallback) {
  const char* const text = Text(name, nullptr);
  if (text == nullptr) return fallback;
  const bool yes = std::strcmp(text, "true") == 0;
  Expect(yes || std::strcmp(text, "false") == 0, name, "true or false");
  return yes;
}

void Options::Expect(bool holds, const char* name, const char* wanted) {
  if (holds) return;
  (void)std::fprintf(stderr, "%s: --%s must be %s\n", arguments_[0], name, wanted);
  refused_ = true;
}

bool Options::Complete(const char* usage) {
  RefuseUnasked();
  if (refused_) (void)std::fprintf(stderr, "usage: %s\n", usage);
  return !refused_;
}

void Options::RefuseUnasked() {
  for (int at = 1; at < count_; ++at) {
    if ((asked_ >> at & 1U) != 0) continue;
    (void)std::fprintf(stderr, "%s: %s is unknown or given twice\n", arguments_[0], arguments_[at]);
    refused_ = true;
  }
}
