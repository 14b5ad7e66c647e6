#pragma once

#include <mutex>

#include "emulator/engine/emulator.h"

namespace emulator {

/// NVML as one process sees it: how often it was initialised. While it is, it keeps the GPUs awake.
class NvmlSession {
 public:
  static NvmlSession& Of(Emulator& emulator);

  explicit NvmlSession(Emulator& emulator) : emulator_(emulator) {}

  /// `attach`: wakes every GPU, which takes long where nobody held it. Without, no GPU is listed,
  /// as driver 580 does it.
  void Init(bool attach);

  /// False when it was not initialised.
  bool Shutdown();

  bool IsInitialized();

  /// How many GPUs are listed.
  unsigned int GpuCount();

 private:
  Emulator& emulator_;
  std::mutex mutex_;
  int references_ = 0;
  bool attached_ = false;
};

}  // namespace emulator
