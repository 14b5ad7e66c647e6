#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Module;
using emulator::Outcome;
using emulator::Status;

namespace {

struct Dimensions {
  unsigned int x;
  unsigned int y;
  unsigned int z;
};

/// The limits of compute capability 3.0 and everything since.
bool IsValidGrid(const Dimensions& grid) {
  constexpr unsigned int kMost = 65535;
  return grid.x > 0 && grid.x <= INT32_MAX && grid.y > 0 && grid.y <= kMost && grid.z > 0 &&
         grid.z <= kMost;
}

bool IsValidBlock(const Dimensions& block) {
  constexpr std::uint64_t kMostThreads = 1024;
  constexpr unsigned int kMostDeep = 64;
  if (block.x == 0 || block.y == 0 || block.z == 0 || block.z > kMostDeep) return false;
  if (block.x > kMostThreads || block.y > kMostThreads) return false;
  return std::uint64_t{block.x} * block.y * block.z <= kMostThreads;
}

}  // namespace

extern "C" {

CUresult cuModuleLoadData(CUmodule* module, const void* image) {
  return bridge::CallContext("cuModuleLoadData", [&](Driver&, Context& context) -> Outcome {
    if (module == nullptr || image == nullptr) return Status::kInvalidValue;
    Module* loaded = context.LoadedModules().Load(static_cast<const char*>(image));
    if (loaded == nullptr) return Status::kInvalidImage;
    *module = bridge::ToHandle(loaded);
    return Status::kSuccess;
  });
}

CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  return bridge::CallContext("cuModuleGetFunction", [&](Driver&, Context& context) -> Outcome {
    if (function == nullptr || name == nullptr) return Status::kInvalidValue;
    Module* loaded = bridge::FromHandle(module);
    if (!context.LoadedModules().Has(loaded)) return Status::kInvalidHandle;
    auto* found = emulator::Modules::FindFunction(loaded, name);
    if (found == nullptr) return Status::kNotFound;
    *function = bridge::ToHandle(found);
    return Status::kSuccess;
  });
}

CUresult cuModuleUnload(CUmodule module) {
  return bridge::CallContext("cuModuleUnload", [&](Driver&, Context& context) -> Outcome {
    const bool unloaded = context.LoadedModules().Unload(bridge::FromHandle(module));
    return unloaded ? Status::kSuccess : Status::kInvalidHandle;
  });
}

CUresult cuModuleGetLoadingMode(CUmoduleLoadingMode* mode) {
  return bridge::CallDriver("cuModuleGetLoadingMode", [&](Driver& driver) {
    if (mode == nullptr) return Status::kInvalidValue;
    const auto loading = emulator::LoadingMode(driver.Host().settings.profile);
    *mode = loading == emulator::ModuleLoading::kEager ? CU_MODULE_EAGER_LOADING
                                                       : CU_MODULE_LAZY_LOADING;
    return Status::kSuccess;
  });
}

// Parameters in a buffer (`extra`) are not taken: no probe passes them so.
CUresult cuLaunchKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y,
                        unsigned int grid_z, unsigned int block_x, unsigned int block_y,
                        unsigned int block_z, unsigned int /*shared_bytes*/, CUstream stream,
                        void** parameters, void** extra) {
  return bridge::CallContext("cuLaunchKernel", [&](Driver&, Context& context) -> Outcome {
    auto* kernel = bridge::FromHandle(function);
    auto* queue = context.AllStreams().Find(bridge::FromHandle(stream));
    if (!context.LoadedModules().Has(kernel) || queue == nullptr) return Status::kInvalidHandle;
    const bool shaped =
        IsValidGrid({grid_x, grid_y, grid_z}) && IsValidBlock({block_x, block_y, block_z});
    if (!shaped || parameters == nullptr || extra != nullptr) return Status::kInvalidValue;
    return context.Start(*queue, *kernel, parameters);
  });
}

}  // extern "C"
