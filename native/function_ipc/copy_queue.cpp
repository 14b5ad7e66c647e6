#include "function_ipc/copy_queue.h"

std::optional<Failure> CopyQueue::Open(const CopyEnds& ends) {
  ends_ = ends;
  for (CUevent& mark : marks_) {
    if (auto failure = driver_.cuEventCreate(&mark, CU_EVENT_DISABLE_TIMING)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> CopyQueue::Copy(const Chunk& chunk) const {
  unsigned char* const host = ends_.host + chunk.place;
  const CUdeviceptr device = ends_.device + chunk.offset;
  if (direction_ == Direction::kDeviceToHost)
    return driver_.cuMemcpyDtoHAsync_v2(host, device, chunk.bytes, session_.Stream());
  return driver_.cuMemcpyHtoDAsync_v2(device, host, chunk.bytes, session_.Stream());
}

std::optional<Failure> CopyQueue::Mark(std::size_t number) const {
  return driver_.cuEventRecord(marks_[number % kSlots], session_.Stream());
}

std::optional<Failure> CopyQueue::Ask(std::size_t number, bool& ended) const {
  const CUresult code = driver_.cuEventQuery.Raw(marks_[number % kSlots]);
  ended = code == CUDA_SUCCESS;
  if (!ended && code != CUDA_ERROR_NOT_READY)
    return driver_.cuda.Explain(driver_.cuEventQuery.Name(), code);
  if (Cancelled()) return Cancellation();
  return std::nullopt;
}

const char* CopyQueue::Phase() const {
  return direction_ == Direction::kDeviceToHost ? "device_to_host" : "host_to_device";
}

std::optional<Failure> CopyQueue::Release() {
  std::optional<Failure> first;
  const auto note = [&](const auto& call, CUresult code) {
    if (code != CUDA_SUCCESS && !first) first = driver_.cuda.Explain(call.Name(), code);
  };
  // What is still under way would write to memory that is given back next.
  if (marks_[0] != nullptr)
    note(driver_.cuStreamSynchronize, driver_.cuStreamSynchronize.Raw(session_.Stream()));
  for (CUevent& mark : marks_) {
    if (mark != nullptr) note(driver_.cuEventDestroy_v2, driver_.cuEventDestroy_v2.Raw(mark));
    mark = nullptr;
  }
  return first;
}
