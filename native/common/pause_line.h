// What a probe that is being looked at says on descriptor 3: docs/protocol.md, "Pausing".
#pragma once

#include <optional>

#include "common/clock.h"

/// At most 64 characters without white space.
struct Word {
  char text[65];
};

/// It has stopped after `phase`, which ended at `at`. Some tell what they have asked the device for
/// by then.
struct PausedLine {
  Word phase;
  Nanoseconds at;
  std::optional<double> requested_bytes;
};

/// It is done. What is not known is "-".
struct EndedLine {
  Word outcome, reason, code, phase;
};

/// Nothing unless `line`, without its newline, is exactly such a line.
std::optional<PausedLine> ParsePaused(const char* line);
std::optional<EndedLine> ParseEnded(const char* line);
