#include "emulator/engine/cuda/host_memory.h"

#include <sys/mman.h>

#include <iterator>

namespace emulator {
namespace {

std::uintptr_t AddressOf(const void* memory) {
  return reinterpret_cast<std::uintptr_t>(memory);
}

}  // namespace

void* HostMemory::Allocate(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  allocations_.emplace(AddressOf(memory), bytes);
  return memory;
}

bool HostMemory::Free(void* memory) {
  const auto found = allocations_.find(AddressOf(memory));
  if (found == allocations_.end()) return false;
  munmap(memory, found->second);
  allocations_.erase(found);
  return true;
}

bool HostMemory::Contains(const void* memory, std::size_t bytes) const {
  const auto after = allocations_.upper_bound(AddressOf(memory));
  if (after == allocations_.begin()) return false;
  const auto& [start, length] = *std::prev(after);
  const std::size_t offset = AddressOf(memory) - start;
  return offset < length && bytes <= length - offset;
}

}  // namespace emulator
