// Why a probe ends early.
#pragma once

#include <optional>

/// A reason of the protocol's closed list, and what else is known: the driver's own name of the
/// error, and a sentence for people. The texts are empty where nothing is known.
struct Failure {
  const char* outcome = "failure";  // or "skipped"
  const char* reason = "unknown";
  const char* phase = nullptr;  // where it is not the one in which it came to light
  char code[64] = "";
  char message[1040] = "";  // the protocol's 1 KiB and a character more, so that it cuts, not we
};

/// A failure with a message, formatted as printf does.
[[gnu::format(printf, 2, 3)]] Failure Because(const char* reason, const char* format, ...);

/// The same, for a run that was not attempted: that is no failure.
[[gnu::format(printf, 2, 3)]] Failure Skipped(const char* reason, const char* format, ...);

/// The same failure, in `phase` unless it knows its own.
std::optional<Failure> Within(const char* phase, std::optional<Failure> failure);
