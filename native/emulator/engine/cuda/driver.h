#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "emulator/engine/cuda/context.h"
#include "emulator/engine/cuda/host_memory.h"
#include "emulator/engine/cuda/status.h"
#include "emulator/engine/cuda/virtual_memory.h"
#include "emulator/engine/emulator.h"
#include "emulator/engine/mps/client.h"

namespace emulator {

/// The CUDA driver as one process sees it: the GPUs that are visible to it, and its contexts.
/// Everything but Of is called with Mutex held.
class Driver {
 public:
  static Driver& Of(Emulator& emulator);

  explicit Driver(Emulator& emulator) : emulator_(emulator) {}

  std::mutex& Mutex() { return mutex_; }

  /// Finds the GPUs, which takes its time the first time.
  Status Init(unsigned int flags);

  /// Success after Init; nothing works before, nor in a child that was forked after.
  [[nodiscard]] Status Readiness() const;

  [[nodiscard]] std::size_t DeviceCount() const { return contexts_.size(); }

  /// The context of a device, active or not; null when there is no such device.
  Context* ContextOf(int device);

  /// The calling thread's context. Null takes it away.
  Status SetCurrent(Context* context);
  static Context* Current();

  /// This process as a client of MPS; null when none serves it.
  [[nodiscard]] const MpsClient* Mps() const { return mps_ ? &*mps_ : nullptr; }

  HostMemory& PinnedMemory() { return pinned_; }
  VirtualMemory& AllVirtualMemory() { return virtual_; }

  /// `bytes` of device memory from `address` on, in whatever context of this process.
  [[nodiscard]] std::optional<MemoryRange> RangeAnywhere(std::uint64_t address,
                                                         std::size_t bytes) const;

  /// Lets nobody have access to what was mapped, once the GPUs have done what they were given.
  void Unmap(const std::vector<MemoryRange>& mapped);

  [[nodiscard]] Emulator& Host() const { return emulator_; }

 private:
  [[nodiscard]] std::vector<std::uint64_t> FindGpus() const;
  Seconds InitTime(std::size_t visible, std::size_t cold);
  Status FindDevices();

  Emulator& emulator_;
  std::mutex mutex_;
  bool initialized_ = false;
  std::optional<MpsClient> mps_;
  std::vector<std::unique_ptr<Context>> contexts_;
  HostMemory pinned_;
  VirtualMemory virtual_;
};

}  // namespace emulator
