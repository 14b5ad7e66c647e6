// What a launcher that was started ahead of its run is told in place of a command line.
// See docs/protocol.md, "A launcher started ahead".
#pragma once

#include "common/array.h"

/// Whether a command line says no more than that the call is still to come: `--call=stdin`.
bool IsCallToCome(int argc, char** argv);

/// Waits for the call on standard input, and becomes `launcher` with that command line and that
/// environment: whoever looks at the process sees what it does. Returns an exit code when there is
/// no call: 0 when the input is empty, since who started it may have come to need it no more.
int ExecuteCall(const char* launcher);

/// A command line, and the environment that goes with it.
class Call {
 public:
  /// Takes words that end with zero bytes: how many the command line has, these, the variables,
  /// and an empty word. False when `text` is anything else, such as the begin of that. It points
  /// into `text`, which lives at least as long.
  bool Parse(Array<char>& text);

  /// As execve wants them; only of a call that was parsed.
  [[nodiscard]] char** Words() { return pointers_.begin(); }
  [[nodiscard]] char** Variables() { return pointers_.begin() + count_ + 1; }

 private:
  std::size_t count_ = 0;
  Array<char*> pointers_;  // the words, null, the variables, null
};
