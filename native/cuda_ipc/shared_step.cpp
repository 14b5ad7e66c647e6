#include "cuda_ipc/shared_step.h"

#include <sys/mman.h>

#include <new>

SharedStep::~SharedStep() {
  if (step_ != nullptr) munmap(step_, sizeof *step_);
}

void SharedStep::Share() {
  void* const memory =
      mmap(nullptr, sizeof *step_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) step_ = new (memory) std::atomic<const char*>(nullptr);
}

void SharedStep::Enter(const char* step) {
  if (step_ != nullptr) *step_ = step;
}

const char* SharedStep::Current() const {
  return step_ == nullptr ? nullptr : step_->load();
}
