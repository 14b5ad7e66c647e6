#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "emulator/engine/cuda/device_memory.h"
#include "emulator/engine/cuda/status.h"

namespace emulator {

/// What a launch will do to memory, or the error that the kernel dies of.
struct Launch {
  Status status = Status::kSuccess;
  std::function<void()> effect = nullptr;
  std::size_t bytes = 0;  // how many the GPU's memory passes
};

/// A kernel that the emulator knows by its name: what its PTX does, in C++. Every thread of the
/// grid is done, whatever the grid is.
struct Kernel {
  std::string_view name;
  Launch (*prepare)(const DeviceMemory& memory, void* const* parameters);
};

/// Null for any other name: there is no compiler in here.
const Kernel* FindKernel(std::string_view name);

}  // namespace emulator
