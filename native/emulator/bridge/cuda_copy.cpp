#include <optional>
#include <utility>
#include <vector>

#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/cuda_handles.h"
#include "emulator/engine/cuda/copy.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::HostRange;
using emulator::Manner;
using emulator::Outcome;
using emulator::Status;
using emulator::Wait;
using emulator::Work;

namespace {

/// Where a copy is enqueued, and whether the call returns before it is done.
struct Queue {
  CUstream stream = nullptr;
  Manner manner = Manner::kSynchronous;
};

Queue Asynchronous(CUstream stream) {
  return {stream, Manner::kAsynchronous};
}

/// Copies to and from pageable memory are synchronous whatever they are called.
Queue QueueFor(Queue asked, const HostRange& host) {
  return host.pinned ? asked : Queue{asked.stream, Manner::kSynchronous};
}

Outcome Enqueue(Context& context, Queue queue, Work work) {
  emulator::StreamHandle* stream = context.AllStreams().Find(bridge::FromHandle(queue.stream));
  if (stream == nullptr) return Status::kInvalidHandle;
  Wait wait = context.AllStreams().Enqueue(*stream, std::move(work));
  if (queue.manner == Manner::kAsynchronous) return Status::kSuccess;
  return Outcome(std::vector<Wait>{std::move(wait)});
}

/// Spoils it where a fault says so.
template <typename Range>
Work AsConfigured(Driver& driver, Work work, const Range& destination) {
  if (!driver.Host().faults.IsToSpoil()) return work;
  return emulator::Spoilt(std::move(work), destination);
}

/// What the host's memory is for a copy of that context.
HostRange HostAt(Driver& driver, const Context& context, const void* memory, std::size_t bytes) {
  // A source is not written to: the copies that read it take it for what it is.
  auto* data = static_cast<char*>(const_cast<void*>(memory));
  return {data, bytes, driver.PinnedMemory().Contains(memory, bytes), context.Gpu()};
}

struct ToDevice {
  CUdeviceptr destination;
  const void* source;
  std::size_t bytes;
};

CUresult Copy(const char* name, const ToDevice& copy, Queue asked) {
  return bridge::CallContext(name, [&](Driver& driver, Context& context) -> Outcome {
    const auto destination = driver.RangeAnywhere(copy.destination, copy.bytes);
    if (!destination || copy.source == nullptr) return Status::kInvalidValue;
    const HostRange source = HostAt(driver, context, copy.source, copy.bytes);
    const Queue queue = QueueFor(asked, source);
    Work work = CopyToDevice(driver.Host(), *destination, source, queue.manner);
    return Enqueue(context, queue, AsConfigured(driver, std::move(work), *destination));
  });
}

struct ToHost {
  void* destination;
  CUdeviceptr source;
  std::size_t bytes;
};

CUresult Copy(const char* name, const ToHost& copy, Queue asked) {
  return bridge::CallContext(name, [&](Driver& driver, Context& context) -> Outcome {
    const auto source = driver.RangeAnywhere(copy.source, copy.bytes);
    if (!source || copy.destination == nullptr) return Status::kInvalidValue;
    const HostRange destination = HostAt(driver, context, copy.destination, copy.bytes);
    const Queue queue = QueueFor(asked, destination);
    Work work = CopyToHost(driver.Host(), destination, *source, queue.manner);
    return Enqueue(context, queue, AsConfigured(driver, std::move(work), destination));
  });
}

struct OnDevice {
  CUdeviceptr destination;
  CUdeviceptr source;
  std::size_t bytes;
};

CUresult Copy(const char* name, const OnDevice& copy, Queue queue) {
  return bridge::CallContext(name, [&](Driver& driver, Context& context) -> Outcome {
    const auto destination = driver.RangeAnywhere(copy.destination, copy.bytes);
    const auto source = driver.RangeAnywhere(copy.source, copy.bytes);
    if (!destination || !source) return Status::kInvalidValue;
    Work work = CopyOnDevice(driver.Host(), *destination, *source, queue.manner);
    return Enqueue(context, queue, AsConfigured(driver, std::move(work), *destination));
  });
}

struct Setting {
  CUdeviceptr destination;
  unsigned char value;
  std::size_t count;
};

CUresult Set(const char* name, const Setting& setting, CUstream stream) {
  return bridge::CallContext(name, [&](Driver& driver, Context& context) -> Outcome {
    const auto range = driver.RangeAnywhere(setting.destination, setting.count);
    if (!range) return Status::kInvalidValue;
    return Enqueue(context, Asynchronous(stream), SetBytes(driver.Host(), *range, setting.value));
  });
}

}  // namespace

extern "C" {

CUresult cuMemcpyHtoD_v2(CUdeviceptr destination, const void* source, std::size_t bytes) {
  return Copy("cuMemcpyHtoD_v2", ToDevice{destination, source, bytes}, {});
}

CUresult cuMemcpyDtoH_v2(void* destination, CUdeviceptr source, std::size_t bytes) {
  return Copy("cuMemcpyDtoH_v2", ToHost{destination, source, bytes}, {});
}

CUresult cuMemcpyDtoD_v2(CUdeviceptr destination, CUdeviceptr source, std::size_t bytes) {
  return Copy("cuMemcpyDtoD_v2", OnDevice{destination, source, bytes}, {});
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr destination, const void* source, std::size_t bytes,
                              CUstream stream) {
  return Copy("cuMemcpyHtoDAsync_v2", ToDevice{destination, source, bytes}, Asynchronous(stream));
}

CUresult cuMemcpyDtoHAsync_v2(void* destination, CUdeviceptr source, std::size_t bytes,
                              CUstream stream) {
  return Copy("cuMemcpyDtoHAsync_v2", ToHost{destination, source, bytes}, Asynchronous(stream));
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr destination, CUdeviceptr source, std::size_t bytes,
                              CUstream stream) {
  return Copy("cuMemcpyDtoDAsync_v2", OnDevice{destination, source, bytes}, Asynchronous(stream));
}

// Setting device memory is asynchronous, where no stream is named on the default one.
CUresult cuMemsetD8_v2(CUdeviceptr destination, unsigned char value, std::size_t count) {
  return Set("cuMemsetD8_v2", {destination, value, count}, nullptr);
}

CUresult cuMemsetD8Async(CUdeviceptr destination, unsigned char value, std::size_t count,
                         CUstream stream) {
  return Set("cuMemsetD8Async", {destination, value, count}, stream);
}

CUresult cuMemsetD32_v2(CUdeviceptr destination, unsigned int value, std::size_t count) {
  return bridge::CallContext("cuMemsetD32_v2", [&](Driver& driver, Context& context) -> Outcome {
    const bool fits = destination % sizeof value == 0 && count <= SIZE_MAX / sizeof value;
    if (!fits) return Status::kInvalidValue;
    const auto range = driver.RangeAnywhere(destination, count * sizeof value);
    if (!range) return Status::kInvalidValue;
    return Enqueue(context, Asynchronous(nullptr), SetWords(driver.Host(), *range, value));
  });
}

}  // extern "C"
