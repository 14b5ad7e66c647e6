#pragma once

#include <string>

#include "emulator/engine/host/process.h"

namespace emulator {

/// As NVIDIA's daemon calls it.
constexpr const char* kPidFile = "nvidia-cuda-mps-control.pid";

/// Says in a pipe directory who its daemon is: this process.
void WritePidFile(const std::string& directory);

/// The daemon of a pipe directory; pid 0 when there is none.
ProcessId ReadPidFile(const std::string& directory);

}  // namespace emulator
