#include <functional>
#include <memory>
#include <utility>

#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::EventHandle;
using emulator::Outcome;
using emulator::SharedEvent;
using emulator::Status;

namespace {

constexpr unsigned int kBlockingSync = 1;  // how a waiting program waits: the same to it
constexpr unsigned int kEventFlags =
    kBlockingSync | CU_EVENT_DISABLE_TIMING | CU_EVENT_INTERPROCESS;

/// `body`: Context&, EventHandle& -> Outcome.
template <typename Body>
CUresult CallEvent(const char* name, CUevent event, Body body) {
  return bridge::CallContext(name, [&](Driver&, Context& context) -> Outcome {
    EventHandle* handle = context.AllStreams().FindEvent(bridge::FromHandle(event));
    return handle == nullptr ? Outcome(Status::kInvalidHandle) : body(context, *handle);
  });
}

/// Only what has no time can be shared.
bool AreValid(unsigned int flags) {
  const bool known = (flags & ~kEventFlags) == 0;
  const bool shared = (flags & CU_EVENT_INTERPROCESS) != 0;
  return known && (!shared || (flags & CU_EVENT_DISABLE_TIMING) != 0);
}

bool IsPending(const EventHandle& event) {
  if (event.shared) return !event.shared->IsDone(event.shared->Recorded());
  return event.recorded.ticket != nullptr && !event.recorded.ticket->IsDone();
}

/// Another process may be who recorded it. Work of this one does itself, beside.
Outcome Awaited(const std::shared_ptr<SharedEvent>& event) {
  const std::uint32_t number = event->Recorded();
  return Outcome(std::function<void()>([event, number] { event->Wait(number); }));
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
    if (event == nullptr || !AreValid(flags)) return Status::kInvalidValue;
    EventHandle made{(flags & CU_EVENT_DISABLE_TIMING) == 0};
    if ((flags & CU_EVENT_INTERPROCESS) != 0) {
      if (!context.HasIpcEvents()) return Status::kNotSupported;
      made.shared = SharedEvent::Make();
      if (made.shared == nullptr) return Status::kOutOfMemory;
    }
    *event = bridge::ToHandle(context.AllStreams().CreateEvent(std::move(made)));
    return Status::kSuccess;
  });
}

CUresult cuEventRecord(CUevent event, CUstream stream) {
  return CallEvent("cuEventRecord", event, [&](Context& context, EventHandle& handle) -> Outcome {
    auto* queue = context.AllStreams().Find(bridge::FromHandle(stream));
    if (queue == nullptr) return Status::kInvalidHandle;
    context.AllStreams().Record(handle, *queue);
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
    if (!handle.shared) return Outcome({handle.recorded});
    return Awaited(handle.shared);
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
