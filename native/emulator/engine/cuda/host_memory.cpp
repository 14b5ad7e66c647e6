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
  ranges_.emplace(AddressOf(memory), Range{bytes, false});
  return memory;
}

bool HostMemory::Free(void* memory) {
  const auto found = ranges_.find(AddressOf(memory));
  const std::size_t bytes = found == ranges_.end() ? 0 : found->second.bytes;
  return Remove(memory, false) && munmap(memory, bytes) == 0;
}

bool HostMemory::Register(const void* memory, std::size_t bytes) {
  const std::uintptr_t address = AddressOf(memory);
  const auto after = ranges_.lower_bound(address);
  if (after != ranges_.end() && after->first - address < bytes) return false;
  if (Contains(memory, 1)) return false;
  ranges_.emplace(address, Range{bytes, true});
  return true;
}

bool HostMemory::Unregister(const void* memory) {
  return Remove(memory, true);
}

bool HostMemory::Remove(const void* memory, bool registered) {
  const auto found = ranges_.find(AddressOf(memory));
  if (found == ranges_.end() || found->second.registered != registered) return false;
  ranges_.erase(found);
  return true;
}

bool HostMemory::Contains(const void* memory, std::size_t bytes) const {
  const auto after = ranges_.upper_bound(AddressOf(memory));
  if (after == ranges_.begin()) return false;
  const auto& [start, range] = *std::prev(after);
  const std::size_t offset = AddressOf(memory) - start;
  return offset < range.bytes && bytes <= range.bytes - offset;
}

}  // namespace emulator
