#pragma once

#include <cstdint>

#include "common/cuda_abi.h"
#include "emulator/engine/cuda/context.h"

// What the interface calls a handle is the address of one of the engine's objects. The engine
// checks that it is one of them before it looks at it.
namespace emulator::bridge {

inline CUcontext ToHandle(Context* context) {
  return reinterpret_cast<CUcontext>(context);
}
inline Context* FromHandle(CUcontext context) {
  return reinterpret_cast<Context*>(context);
}

inline CUmodule ToHandle(Module* module) {
  return reinterpret_cast<CUmodule>(module);
}
inline Module* FromHandle(CUmodule module) {
  return reinterpret_cast<Module*>(module);
}

inline CUfunction ToHandle(Function* function) {
  return reinterpret_cast<CUfunction>(function);
}
inline Function* FromHandle(CUfunction function) {
  return reinterpret_cast<Function*>(function);
}

inline CUevent ToHandle(EventHandle* event) {
  return reinterpret_cast<CUevent>(event);
}
inline EventHandle* FromHandle(CUevent event) {
  return reinterpret_cast<EventHandle*>(event);
}

inline CUstream ToHandle(StreamHandle* stream) {
  return reinterpret_cast<CUstream>(stream);
}

/// CU_STREAM_LEGACY (1) is another name of the default stream, whose handle is null.
inline StreamHandle* FromHandle(CUstream stream) {
  constexpr std::uintptr_t kLegacy = 1;
  if (reinterpret_cast<std::uintptr_t>(stream) == kLegacy) return nullptr;
  return reinterpret_cast<StreamHandle*>(stream);
}

}  // namespace emulator::bridge
