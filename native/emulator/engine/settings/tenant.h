#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/result.h"

namespace emulator {

/// Somebody else's work on a GPU, told by the configuration: it holds memory and is listed.
struct Tenant {
  enum class Type { kCompute, kGraphics };

  std::uint64_t gpu = 0;
  std::uint64_t pid = 0;
  std::optional<std::uint64_t> gpu_instance;  // with both, on a MIG instance
  std::optional<std::uint64_t> compute_instance;
  std::uint64_t place = 0;  // what it is on, as Settings numbers it
  Type type = Type::kCompute;
  std::uint64_t bytes = 0;
  bool is_memory_available = true;  // NVML tells how much it holds
  bool is_hidden = false;           // holds memory, but no list shows it
  bool is_mps = false;              // a client of MPS
  std::string name;                 // for who reads the file
};

/// `gpu=0 pid=1 type=compute bytes=4294967296 name=trainer`; only pid and bytes must be there.
/// Besides `gi=1 ci=0`, `memory=not_available`, `hidden=true` and `mps=true`.
Result<Tenant> ParseTenant(std::string_view text);

}  // namespace emulator
