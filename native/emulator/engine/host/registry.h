#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "emulator/engine/host/file_lock.h"
#include "emulator/engine/host/process.h"
#include "emulator/engine/host/shared_memory.h"
#include "emulator/engine/timing/clock.h"

namespace emulator {

/// Why a process is in the registry.
enum class Role : std::int64_t {
  kNone,          // the record is free
  kCudaAttached,  // cuInit keeps a GPU awake; no memory, not listed by NVML
  kNvmlAttached,  // so does nvmlInit
  kContext,       // it has a context, and what it allocated
  kMpsServer,     // it is a server of MPS, and has one for its clients
};

/// One process on one GPU, in one role.
struct Record {
  Role role;
  ProcessId process;
  std::int64_t gpu;
  std::uint64_t bytes;           // what NVML says that the process uses
  std::uint64_t overhead_bytes;  // what the GPU lacks besides
  ProcessId mps_server;          // whose client it is; pid 0 without MPS
  double dead_since;             // 0 while alive, else when it was first seen dead
};

/// All processes of a host that use its emulated GPUs, in a file that each of them has mapped.
class Registry {
 public:
  static constexpr std::size_t kCapacity = 2048;
  using Records = std::array<Record, kCapacity>;

  /// The memory of a dead process is free `reclaim` after it was first seen dead. Nothing when the
  /// file can neither be opened nor made.
  static std::optional<Registry> Open(const std::string& directory, Seconds reclaim);

  /// Calls `body` with the records while nobody else reads or changes them. The dead are marked,
  /// and those whose time is over are gone.
  template <typename Body>
  auto Locked(Body body) {
    const FileLock lock(lock_path_);
    Records& records = *static_cast<Records*>(memory_.Data());
    Sweep(records);
    return body(records);
  }

 private:
  Registry(SharedMemory memory, const std::string& directory, Seconds reclaim)
      : memory_(std::move(memory)), lock_path_(directory + "/registry.lock"), reclaim_(reclaim) {}

  void Sweep(Records& records) const;

  SharedMemory memory_;
  std::string lock_path_;
  Seconds reclaim_;
};

}  // namespace emulator
