#include "emulator/engine/host/shared_counter.h"

namespace emulator {

std::optional<SharedCounter> SharedCounter::Open(const std::string& path) {
  auto memory = SharedMemory::Open(path, sizeof(std::uint64_t));
  if (!memory) return std::nullopt;
  return SharedCounter(*std::move(memory));
}

std::uint64_t SharedCounter::Next() {
  auto* number = static_cast<std::uint64_t*>(memory_.Data());
  return __atomic_add_fetch(number, 1, __ATOMIC_RELAXED);
}

}  // namespace emulator
