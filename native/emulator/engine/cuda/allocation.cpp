#include "emulator/engine/cuda/allocation.h"

#include <sys/mman.h>

#include <utility>

namespace emulator {

std::shared_ptr<Allocation> Allocation::Map(std::size_t bytes) {
  // No page of it is there before it is touched: a program may take more than this host has.
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::make_shared<Allocation>(data, bytes);
}

Allocation::~Allocation() {
  munmap(data_, bytes_);
}

char* Allocation::Data() {
  const std::lock_guard lock(mutex_);
  Settle();
  return data_;
}

void Allocation::Defer(std::function<void(char*)> write) {
  const std::lock_guard lock(mutex_);
  Settle();
  deferred_ = std::move(write);
}

void Allocation::Settle() {
  if (deferred_) std::exchange(deferred_, nullptr)(data_);
}

}  // namespace emulator
