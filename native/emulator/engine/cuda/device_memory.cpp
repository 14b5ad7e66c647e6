#include "emulator/engine/cuda/device_memory.h"

#include <sys/mman.h>

#include <iterator>
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

std::shared_ptr<Allocation> DeviceMemory::Allocate(std::size_t bytes) {
  auto allocation = Allocation::Map(bytes);
  if (allocation) allocations_.emplace(allocation->Address(), allocation);
  return allocation;
}

std::shared_ptr<Allocation> DeviceMemory::Remove(std::uint64_t address) {
  const auto found = allocations_.find(address);
  if (found == allocations_.end()) return nullptr;
  auto allocation = std::move(found->second);
  allocations_.erase(found);
  return allocation;
}

std::shared_ptr<Allocation> DeviceMemory::At(std::uint64_t address) const {
  const auto after = allocations_.upper_bound(address);
  if (after == allocations_.begin()) return nullptr;
  const auto& candidate = std::prev(after)->second;
  return address - candidate->Address() < candidate->Bytes() ? candidate : nullptr;
}

std::optional<MemoryRange> DeviceMemory::Range(std::uint64_t address, std::size_t bytes) const {
  auto allocation = At(address);
  if (!allocation) return std::nullopt;
  const std::size_t offset = address - allocation->Address();
  if (bytes > allocation->Bytes() - offset) return std::nullopt;
  return MemoryRange{std::move(allocation), offset, bytes};
}

}  // namespace emulator
