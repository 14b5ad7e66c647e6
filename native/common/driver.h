// The CUDA driver, loaded at run time.
#pragma once

#include "common/cuda_abi.h"
#include "common/library.h"

/// The driver's functions by their own names, null (false) before Load. What is required is there
/// once Load has succeeded; ask of what is optional.
struct Driver {
  /// Loads `file` and looks everything up.
  std::optional<Failure> Load(const char* file);
  /// The failure that an error of `call` is.
  Failure Explain(const char* call, CUresult code) const;

  Library library;
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define X(name) Entry<Driver, decltype(&::name)> name{*this, #name};
  CUDAPROBE_CUDA_REQUIRED(X)
  CUDAPROBE_CUDA_OPTIONAL(X)
#undef X
};
