#include <cstring>
#include <type_traits>

#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"
#include "emulator/engine/cuda/imports.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::EventHandle;
using emulator::Found;
using emulator::MemoryHandle;
using emulator::Outcome;
using emulator::SharedEvent;
using emulator::Status;

namespace {

/// What the 64 bytes are of an event that another process may open.
struct SharedEventHandle {
  std::uint64_t magic = 0;
  emulator::FileAddress file;
};
constexpr std::uint64_t kEventMagic = 0x4556454e54303031;

template <typename Handle, typename Content>
void Write(Handle& handle, const Content& content) {
  static_assert(sizeof(Content) <= sizeof(Handle) && std::is_trivially_copyable_v<Content>);
  handle = {};
  std::memcpy(&handle, &content, sizeof content);
}

template <typename Content, typename Handle>
Content Read(const Handle& handle) {
  Content content;
  std::memcpy(static_cast<void*>(&content), &handle, sizeof content);
  return content;
}

}  // namespace

extern "C" {

CUresult cuIpcGetMemHandle(CUipcMemHandle* handle, CUdeviceptr memory) {
  return bridge::CallContext("cuIpcGetMemHandle", [&](Driver&, Context& context) -> Outcome {
    if (handle == nullptr) return Status::kInvalidValue;
    const auto exported = context.Export(memory);
    if (exported.status == Status::kSuccess) Write(*handle, exported.handle);
    return exported.status;
  });
}

CUresult cuIpcOpenMemHandle_v2(CUdeviceptr* memory, CUipcMemHandle handle, unsigned int flags) {
  return bridge::CallContext("cuIpcOpenMemHandle_v2", [&](Driver&, Context& context) -> Outcome {
    const bool valid = memory != nullptr && flags == CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS;
    if (!valid) return Status::kInvalidValue;
    const auto imported = context.Import(Read<MemoryHandle>(handle));
    if (imported.status == Status::kSuccess) *memory = imported.address;
    return imported.status;
  });
}

CUresult cuIpcCloseMemHandle(CUdeviceptr memory) {
  return bridge::CallContext("cuIpcCloseMemHandle", [&](Driver&, Context& context) -> Outcome {
    return context.CloseImport(memory);
  });
}

// Only of an event of this process's own.
CUresult cuIpcGetEventHandle(CUipcEventHandle* handle, CUevent event) {
  return bridge::CallContext("cuIpcGetEventHandle", [&](Driver&, Context& context) -> Outcome {
    if (!context.HasIpcEvents()) return Status::kNotSupported;
    const EventHandle* own = context.AllStreams().FindEvent(bridge::FromHandle(event));
    if (own == nullptr) return Status::kInvalidHandle;
    const bool shared = handle != nullptr && own->shared != nullptr && own->shared->IsOwn();
    if (!shared) return Status::kInvalidValue;
    Write(*handle, SharedEventHandle{kEventMagic, own->shared->Address()});
    return Status::kSuccess;
  });
}

CUresult cuIpcOpenEventHandle(CUevent* event, CUipcEventHandle handle) {
  return bridge::CallContext("cuIpcOpenEventHandle", [&](Driver&, Context& context) -> Outcome {
    if (!context.HasIpcEvents()) return Status::kNotSupported;
    if (event == nullptr) return Status::kInvalidValue;
    const auto read = Read<SharedEventHandle>(handle);
    if (read.magic != kEventMagic) return Status::kInvalidHandle;
    const auto opened = SharedEvent::OpenAt(read.file);
    if (opened.found != Found::kThere) return StatusOf(opened.found);
    if (opened.event == nullptr) return Status::kMapFailed;
    *event = bridge::ToHandle(context.AllStreams().CreateEvent({false, {}, opened.event}));
    return Status::kSuccess;
  });
}

}  // extern "C"
