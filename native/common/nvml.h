// NVML, loaded at run time.
#pragma once

#include "common/library.h"
#include "common/nvml_abi.h"

/// NVML's functions by their own names, as Driver has the driver's.
struct Nvml {
  /// Loads `file` and looks everything up.
  std::optional<Failure> Load(const char* file);
  /// The failure that an error of `call` is.
  Failure Explain(const char* call, nvmlReturn_t code) const;

  Library library;
#define X(name) Entry<Nvml, decltype(&::name)> name{*this, #name};
  CUDAPROBE_NVML_REQUIRED(X)
  CUDAPROBE_NVML_OPTIONAL(X)
#undef X
};
