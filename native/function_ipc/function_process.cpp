#include "function_ipc/function_process.h"

std::optional<Failure> FunctionProcess::Allocate(int shared) {
  const std::size_t bytes = order_.transfer.Largest();
  if (auto failure = driver_.cuda.cuMemAlloc_v2(&buffer_, bytes)) return failure;
  if (auto failure = staging_.Open(order_.Staging(), shared)) return failure;
  return copies_.Open({buffer_, staging_.Data()});
}

Passage FunctionProcess::Through(const ByteStream& stream, const Channel& peer) const {
  Passage passage;
  passage.staging = staging_.Data();
  passage.peer = &peer;
  if (order_.mechanism == Mechanism::kShm) {
    passage.ring = static_cast<RingHead*>(staging_.Head());
  } else {
    passage.stream = &stream;
  }
  return passage;
}

std::optional<Failure> FunctionProcess::Release() {
  std::optional<Failure> first = copies_.Release();
  const auto note = [&](std::optional<Failure> failure) {
    if (failure && !first) first = failure;
  };
  note(staging_.Release());
  const auto& free = driver_.cuda.cuMemFree_v2;
  const CUresult code = buffer_ == 0 ? CUDA_SUCCESS : free.Raw(buffer_);
  if (code != CUDA_SUCCESS) note(driver_.cuda.Explain(free.Name(), code));
  buffer_ = 0;
  note(session_.Release());
  return first;
}
