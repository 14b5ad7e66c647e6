// How a GPU is connected with others, as NVML tells.
#pragma once

#include "common/nvml.h"

class PeerLinks {
 public:
  PeerLinks() : session_(nvml_) {}

  /// Those of the GPU with this UUID. A failure is no reason to fail: then nothing is known.
  std::optional<Failure> Open(const char* libnvidia_ml, const char* uuid);
  /// What leads to another: "nvlink" or "pcie"; null where that is not told.
  [[nodiscard]] const char* To(const char* uuid) const;

 private:
  Nvml nvml_;
  NvmlSession session_;
  nvmlDevice_t device_ = nullptr;
};
