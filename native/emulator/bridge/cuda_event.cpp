#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::EventHandle;
using emulator::Outcome;
using emulator::Status;
using emulator::Work;

namespace {

constexpr unsigned int kBlockingSync = 1;  // how a waiting program waits: the same to it
constexpr unsigned int kDisableTiming = 2;

/// `body`: Context&, EventHandle& -> Outcome.
template <typename Body>
CUresult CallEvent(const char* name, CUevent event, Body body) {
  return bridge::CallContext(name, [&](Driver&, Context& context) -> Outcome {
    EventHandle* handle = context.AllStreams().FindEvent(bridge::FromHandle(event));
    return handle == nullptr ? Outcome(Status::kInvalidHandle) : body(context, *handle);
  });
}

bool IsPending(const EventHandle& event) {
  return event.recorded.ticket != nullptr && !event.recorded.ticket->IsDone();
}

Status Timed(const EventHandle& start, const EventHandle& end) {
  for (const EventHandle* event : {&start, &end}) {
    if (!event->timed || event->recorded.ticket == nullptr) return Status::kInvalidHandle;
  }
  return IsPending(start) || IsPending(end) ? Status::kNotReady : Status::kSuccess;
}

}  // namespace

extern "C" {

CUresult cuEventCreate(CUevent* event, unsigned int flags) {
  return bridge::CallContext("cuEventCreate", [&](Driver&, Context& context) -> Outcome {
    const bool known = (flags & ~(kBlockingSync | kDisableTiming)) == 0;
    if (event == nullptr || !known) return Status::kInvalidValue;
    *event = bridge::ToHandle(context.AllStreams().CreateEvent((flags & kDisableTiming) == 0));
    return Status::kSuccess;
  });
}

CUresult cuEventRecord(CUevent event, CUstream stream) {
  return CallEvent("cuEventRecord", event, [&](Context& context, EventHandle& handle) -> Outcome {
    auto* queue = context.AllStreams().Find(bridge::FromHandle(stream));
    if (queue == nullptr) return Status::kInvalidHandle;
    handle.recorded = context.AllStreams().Enqueue(*queue, Work{});
    return Status::kSuccess;
  });
}

CUresult cuEventQuery(CUevent event) {
  return CallEvent("cuEventQuery", event, [](Context&, const EventHandle& handle) -> Outcome {
    return IsPending(handle) ? Status::kNotReady : Status::kSuccess;
  });
}

CUresult cuEventSynchronize(CUevent event) {
  return CallEvent("cuEventSynchronize", event, [](Context&, const EventHandle& handle) -> Outcome {
    if (!IsPending(handle)) return Status::kSuccess;
    return Outcome({handle.recorded});
  });
}

CUresult cuEventElapsedTime(float* milliseconds, CUevent start, CUevent end) {
  return CallEvent(
      "cuEventElapsedTime", start, [&](Context& context, const EventHandle& first) -> Outcome {
        const auto* last = context.AllStreams().FindEvent(bridge::FromHandle(end));
        if (last == nullptr) return Status::kInvalidHandle;
        if (milliseconds == nullptr) return Status::kInvalidValue;
        const Status status = Timed(first, *last);
        if (status != Status::kSuccess) return status;
        const auto elapsed = last->recorded.ticket->DoneAt() - first.recorded.ticket->DoneAt();
        *milliseconds = static_cast<float>(elapsed.count() * 1e3);
        return Status::kSuccess;
      });
}

CUresult cuEventDestroy_v2(CUevent event) {
  return CallEvent("cuEventDestroy_v2", event,
                   [](Context& context, EventHandle& handle) -> Outcome {
                     context.AllStreams().DestroyEvent(&handle);
                     return Status::kSuccess;
                   });
}

}  // extern "C"
