#include "emulator/engine/cuda/completion.h"

namespace emulator {

void Completion::Finish() {
  const std::lock_guard lock(mutex_);
  done_at_ = Now();
  done_.store(true, std::memory_order_release);
  changed_.notify_all();
}

void Completion::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return IsDone(); });
}

}  // namespace emulator
