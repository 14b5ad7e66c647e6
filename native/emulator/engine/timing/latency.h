#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace emulator {

/// What takes time in the driver. Each has two keys in a profile: NAME_seconds, its median, and
/// NAME_noise_ratio, the sigma of the log-normal noise on it.
enum class Latency : std::size_t {
  kLoadDriver,       // dlopen of libcuda.so.1
  kInit,             // cuInit with one visible GPU
  kInitPerExtraGpu,  // more for each further visible GPU
  kFirstTouch,       // more for each GPU that nobody held and that is not persistent
  kContext,          // creating a context
  kAllocate,         // an allocation of device memory
  kModuleCached,     // loading PTX that is in the JIT cache
  kModuleCompiled,   // loading PTX that is not
  kFirstKernel,      // launch and synchronize, the first time in a context
  kKernel,           // and every later time
  kCopy,             // what a copy of any size costs at least
  kIpcGetHandle,     // exporting an allocation
  kIpcOpen,          // opening another process's
  kIpcClose,         // and closing it
  kVmmExport,        // making a file descriptor of physical memory
  kVmmImport,        // and memory of a file descriptor
  kVmmMap,           // mapping physical memory and giving access to it
  kVmmUnmap,         // and unmapping it
  kRelease,          // destroying a context
  kMpsInit,          // cuInit of a client of MPS
  kMpsServer,        // more for the first client, which waits for its server to start
  kMpsContext,       // creating a context of a client
  kNvmlInit,         // nvmlInit
  kNvmlProcesses,    // listing the processes of a GPU
};

constexpr std::array<std::string_view, 24> kLatencyNames = {
    "load_driver", "init",           "init_per_extra_gpu", "first_touch",   "context",
    "allocate",    "module_cached",  "module_compiled",    "first_kernel",  "kernel",
    "copy",        "ipc_get_handle", "ipc_open",           "ipc_close",     "vmm_export",
    "vmm_import",  "vmm_map",        "vmm_unmap",          "release",       "mps_init",
    "mps_server",  "mps_context",    "nvml_init",          "nvml_processes"};

/// The median and the noise of one latency.
struct LatencyFigures {
  double seconds = 0;
  double noise_ratio = 0;
};

using LatencyTable = std::array<LatencyFigures, kLatencyNames.size()>;

constexpr std::size_t IndexOf(Latency latency) {
  return static_cast<std::size_t>(latency);
}

}  // namespace emulator
