#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Outcome;
using emulator::Status;
using emulator::StreamHandle;

namespace {

constexpr unsigned int kNonBlocking = 1;

/// `body`: Context&, StreamHandle& -> Outcome.
template <typename Body>
CUresult CallStream(const char* name, CUstream stream, Body body) {
  return bridge::CallContext(name, [&](Driver&, Context& context) -> Outcome {
    StreamHandle* handle = context.AllStreams().Find(bridge::FromHandle(stream));
    return handle == nullptr ? Outcome(Status::kInvalidHandle) : body(context, *handle);
  });
}

}  // namespace

extern "C" {

CUresult cuStreamCreate(CUstream* stream, unsigned int flags) {
  return bridge::CallContext("cuStreamCreate", [&](Driver&, Context& context) -> Outcome {
    if (stream == nullptr || (flags & ~kNonBlocking) != 0) return Status::kInvalidValue;
    *stream = bridge::ToHandle(context.AllStreams().Create((flags & kNonBlocking) == 0));
    return Status::kSuccess;
  });
}

CUresult cuStreamSynchronize(CUstream stream) {
  return CallStream("cuStreamSynchronize", stream, [](Context&, const StreamHandle& handle) {
    return Outcome(emulator::Streams::Pending(handle));
  });
}

// An event that was never recorded is waited for by nobody.
CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned int flags) {
  return CallStream("cuStreamWaitEvent", stream,
                    [&](Context& context, StreamHandle& handle) -> Outcome {
                      auto* found = context.AllStreams().FindEvent(bridge::FromHandle(event));
                      if (found == nullptr) return Status::kInvalidHandle;
                      if (flags != 0) return Status::kInvalidValue;
                      context.AllStreams().WaitFor(*found, handle);
                      return Status::kSuccess;
                    });
}

CUresult cuStreamDestroy_v2(CUstream stream) {
  return CallStream("cuStreamDestroy_v2", stream,
                    [&](Context& context, StreamHandle& handle) -> Outcome {
                      if (bridge::FromHandle(stream) == nullptr) return Status::kInvalidHandle;
                      context.AllStreams().Destroy(&handle);
                      return Status::kSuccess;
                    });
}

}  // extern "C"
