// A program's options: --key=value and nothing else.
#pragma once

#include <cstdint>

#include "common/clock.h"

/// What a program ends with when it was called wrongly.
constexpr int kUsageExit = 2;

/// Where `--` stands, behind which a program and its arguments follow; `count` when it is missing.
int FindProgram(int count, char** arguments);

/// The options of a command line. Each is asked for by name; Complete() then refuses what was
/// malformed and what nobody asked for.
class Options {
 public:
  /// `arguments` as main has them: the first is the program's own name.
  Options(int count, char** arguments);

  /// The value as it stands, or `fallback`, which may be null.
  const char* Text(const char* name, const char* fallback);
  /// A whole number from `smallest` to `largest`.
  long long Integer(const char* name, long long fallback, long long smallest, long long largest);
  /// A number of seconds with at most nine decimals, such as 30 or 0.5.
  Nanoseconds Seconds(const char* name, Nanoseconds fallback);
  /// true or false.
  bool Boolean(const char* name, bool fallback);
  /// Refuses the option unless `holds`; `wanted` says what it should have been.
  void Expect(bool holds, const char* name, const char* wanted);

  /// Whether all is well. If not, it has been said on standard error, with `usage`.
  bool Complete(const char* usage);

 private:
  static constexpr int kMost = 64;

  void RefuseUnasked();

  int count_;
  char** arguments_;
  std::uint64_t asked_ = 0;  // a bit for each argument
  bool refused_ = false;
};
