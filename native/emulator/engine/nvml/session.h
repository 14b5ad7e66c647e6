#pragma once

#include <mutex>

#include "emulator/engine/emulator.h"

namespace emulator {

/// NVML as one process sees it: how often it was initialised. While it is, it keeps the GPUs awake.
class NvmlSession {
 public:
  static NvmlSession& Of(Emulator& emulator);

  explicit NvmlSession(Emulator& emulator) : emulator_(emulator) {}

  /// `attach`: wakes every GPU, which takes long where nobody held it.
  void Init(bool attach);

  /// False when it was not initialised.
  bool Shutdown();

  bool IsInitialized();

 private:
  Emulator& emulator_;
  std::mutex mutex_;
  int references_ = 0;
};

}  // namespace emulator
