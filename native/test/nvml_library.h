// An NVML that answers as a test tells it to. The library is the test's own program, which shows
// these functions (see Makefile): Nvml.Load(nullptr) finds them. It has no others.
#pragma once

#include <cstdint>
#include <vector>

#include "common/nvml_abi.h"

namespace nvml_library {

struct Process {
  unsigned pid;
  std::uint64_t bytes;
};

/// What one call answers.
struct Call {
  nvmlReturn_t code = NVML_ERROR_FUNCTION_NOT_FOUND;
  std::size_t stride = 24;
  std::vector<Process> processes;
  unsigned asked = 0;
};

/// Everything that the library answers.
struct Calls {
  Call compute3, compute2, compute1, graphics1, mps3;
};

Calls& Answers();

}  // namespace nvml_library
