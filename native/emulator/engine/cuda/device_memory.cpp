#include "emulator/engine/cuda/device_memory.h"

#include <iterator>
#include <utility>

namespace emulator {

void DeviceMemory::Add(MemoryRange range, Origin origin) {
  const std::uint64_t address = range.Address();
  entries_.insert_or_assign(address, Entry{std::move(range), origin});
}

std::optional<MemoryRange> DeviceMemory::Remove(std::uint64_t address, Origin origin) {
  const auto found = entries_.find(address);
  if (found == entries_.end() || found->second.origin != origin) return std::nullopt;
  MemoryRange range = std::move(found->second.range);
  entries_.erase(found);
  return range;
}

const DeviceMemory::Entry* DeviceMemory::At(std::uint64_t address) const {
  const auto after = entries_.upper_bound(address);
  if (after == entries_.begin()) return nullptr;
  const auto& [start, entry] = *std::prev(after);
  return address - start < entry.range.bytes ? &entry : nullptr;
}

std::optional<MemoryRange> DeviceMemory::Range(std::uint64_t address, std::size_t bytes) const {
  const Entry* entry = At(address);
  if (entry == nullptr) return std::nullopt;
  const MemoryRange& whole = entry->range;
  const std::size_t inside = address - whole.Address();
  if (bytes > whole.bytes - inside) return std::nullopt;
  return MemoryRange{whole.allocation, whole.offset + inside, bytes};
}

}  // namespace emulator
