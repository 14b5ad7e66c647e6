// NVML, loaded at run time.
#pragma once

#include "common/library.h"
#include "common/nvml_abi.h"

/// NVML's functions by their own names, as Driver has the driver's.
struct Nvml {
  /// Loads `file` and looks everything up.
  std::optional<Failure> Load(const char* file);
  /// The failure that an error of `call` is.
  static Failure Explain(const char* call, nvmlReturn_t code);

  Library library;
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define X(name) Entry<Nvml, decltype(&::name)> name{*this, #name};
  CUDAPROBE_NVML_REQUIRED(X)
  CUDAPROBE_NVML_OPTIONAL(X)
#undef X
};

/// NVML while it is initialised.
class NvmlSession {
 public:
  explicit NvmlSession(const Nvml& nvml) : nvml_(nvml) {}
  ~NvmlSession();
  NvmlSession(const NvmlSession&) = delete;
  NvmlSession& operator=(const NvmlSession&) = delete;

  /// Without `attach` GPUs that nobody holds are not woken.
  std::optional<Failure> Open(bool attach);
  [[nodiscard]] bool IsOpen() const { return open_; }

 private:
  const Nvml& nvml_;
  bool open_ = false;
};
