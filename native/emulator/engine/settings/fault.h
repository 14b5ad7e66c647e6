#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/result.h"

namespace emulator {

/// Something that goes wrong in a call, as data. What is set happens in this order: it takes
/// longer, it raises a signal, it never returns, it returns `code` without having done anything.
/// Without `code` the call then does what it always does, `corrupt` but for one bit.
struct Fault {
  enum class Scope { kProcess, kHost };

  std::string call;
  std::uint64_t nth = 0;  // only this call, from 1; 0: every call
  Scope scope = Scope::kProcess;
  double slow_seconds = 0;
  std::uint64_t signal = 0;
  bool hang = false;
  std::optional<std::uint64_t> code;
  bool corrupt = false;  // of a copy alone: it spoils one bit of what it writes
  std::string text;      // as the configuration has it: names the counter of its host
};

/// `call=cuMemAlloc_v2 nth=2 code=2`. A call that the libraries do not export is a problem: the
/// fault would never happen.
Result<Fault> ParseFault(std::string_view text);

}  // namespace emulator
