#include "emulator/engine/cuda/virtual_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace emulator {
namespace {

constexpr int kReserved = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

void* PointerTo(std::uint64_t address) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the interface has numbers for addresses
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(address));
}

/// Addresses that nobody else gets, and that may not be looked at.
std::uint64_t ReserveSomewhere(std::size_t bytes) {
  void* found = mmap(nullptr, bytes, PROT_NONE, kReserved, -1, 0);
  return found == MAP_FAILED ? 0 : reinterpret_cast<std::uintptr_t>(found);
}

void ReserveAgain(std::uint64_t address, std::size_t bytes) {
  // What is there already is only changed, which cannot fail.
  [[maybe_unused]] const void* same =
      mmap(PointerTo(address), bytes, PROT_NONE, kReserved | MAP_FIXED, -1, 0);
}

void GiveUp(std::uint64_t from, std::uint64_t to) {
  if (to > from) munmap(PointerTo(from), to - from);
}

}  // namespace

VirtualMemory::Handle VirtualMemory::Enter(PhysicalMemory memory) {
  memories_.emplace(++last_, std::make_shared<const PhysicalMemory>(std::move(memory)));
  return last_;
}

const PhysicalMemory* VirtualMemory::Find(Handle handle) const {
  const auto found = memories_.find(handle);
  return found == memories_.end() ? nullptr : found->second.get();
}

bool VirtualMemory::Release(Handle handle) {
  return memories_.erase(handle) > 0;
}

std::uint64_t VirtualMemory::Reserve(std::size_t bytes, std::size_t alignment) {
  const std::size_t aligned = std::max<std::size_t>(alignment, kBlockBytes);
  const std::uint64_t whole = ReserveSomewhere(bytes + aligned);
  if (whole == 0) return 0;
  const std::uint64_t address = (whole + aligned - 1) / aligned * aligned;
  GiveUp(whole, address);
  GiveUp(address + bytes, whole + bytes + aligned);
  reserved_.emplace(address, bytes);
  return address;
}

bool VirtualMemory::Free(std::uint64_t address, std::size_t bytes) {
  const auto found = reserved_.find(address);
  const bool whole = found != reserved_.end() && found->second == bytes;
  if (!whole || !IsUnmapped(address, bytes)) return false;
  reserved_.erase(found);
  GiveUp(address, address + bytes);
  return true;
}

bool VirtualMemory::IsReserved(std::uint64_t address, std::size_t bytes) const {
  const auto after = reserved_.upper_bound(address);
  if (after == reserved_.begin()) return false;
  const auto& [start, length] = *std::prev(after);
  const std::size_t offset = address - start;
  return offset < length && bytes <= length - offset;
}

bool VirtualMemory::IsUnmapped(std::uint64_t address, std::size_t bytes) const {
  const auto after = mappings_.lower_bound(address + bytes);
  if (after == mappings_.begin()) return true;
  const auto& [start, mapping] = *std::prev(after);
  return start + mapping.range.bytes <= address;
}

Status VirtualMemory::Map(std::uint64_t address, std::size_t bytes, Handle handle) {
  const auto found = memories_.find(handle);
  const bool fits = found != memories_.end() && bytes <= found->second->file.Bytes();
  if (!fits || !IsReserved(address, bytes) || !IsUnmapped(address, bytes)) {
    return Status::kInvalidValue;
  }
  void* data = found->second->file.Map(PointerTo(address), bytes);
  if (data == nullptr) return Status::kOutOfMemory;
  auto allocation = std::make_shared<Allocation>(data, bytes, Allocation::Kind::kBorrowed);
  mappings_.emplace(address, Mapping{{std::move(allocation), 0, bytes}, found->second});
  return Status::kSuccess;
}

std::vector<MemoryRange> VirtualMemory::MappedAt(std::uint64_t address, std::size_t bytes) const {
  std::vector<MemoryRange> mapped;
  std::size_t left = bytes;
  for (auto next = mappings_.find(address); left > 0; ++next) {
    const bool follows = next != mappings_.end() && next->first == address + (bytes - left);
    if (!follows || next->second.range.bytes > left) return {};
    mapped.push_back(next->second.range);
    left -= next->second.range.bytes;
  }
  return mapped;
}

void VirtualMemory::Unmap(const std::vector<MemoryRange>& mapped) {
  for (const MemoryRange& range : mapped) {
    ReserveAgain(range.Address(), range.bytes);
    mappings_.erase(range.Address());
  }
}

}  // namespace emulator
