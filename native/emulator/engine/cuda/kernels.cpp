#include "emulator/engine/cuda/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace emulator {
namespace {

template <typename Value>
Value Parameter(void* const* parameters, std::size_t index) {
  Value value;
  std::memcpy(&value, parameters[index], sizeof value);
  return value;
}

void Fill(char* data, std::uint64_t words, std::uint32_t seed) {
  constexpr std::uint32_t kMultiplier = 2654435761U;
  for (std::uint64_t index = 0; index < words; ++index) {
    const std::uint32_t word = (static_cast<std::uint32_t>(index) ^ seed) * kMultiplier;
    std::memcpy(data + index * sizeof word, &word, sizeof word);
  }
}

/// Some words of device memory, or why a kernel dies of them.
struct Words {
  Status status = Status::kSuccess;
  std::optional<MemoryRange> range = std::nullopt;
};

Words WordsAt(const DeviceMemory& memory, std::uint64_t address, std::uint64_t count) {
  if (address % sizeof(std::uint32_t) != 0) return {Status::kMisalignedAddress};
  if (count > SIZE_MAX / sizeof(std::uint32_t)) return {Status::kIllegalAddress};
  auto range = memory.Range(address, count * sizeof(std::uint32_t));
  if (!range) return {Status::kIllegalAddress};
  return {Status::kSuccess, std::move(range)};
}

/// Lets `write`, which is given the range's first byte, be done when somebody looks.
void Defer(const MemoryRange& range, const std::function<void(char*)>& write) {
  range.allocation->Defer([offset = range.offset, write](char* data) { write(data + offset); });
}

/// fill(.u64 memory, .u64 words, .u32 seed)
Launch PrepareFill(const DeviceMemory& memory, void* const* parameters) {
  const auto words = Parameter<std::uint64_t>(parameters, 1);
  const auto seed = Parameter<std::uint32_t>(parameters, 2);
  if (words == 0) return {};
  const Words at = WordsAt(memory, Parameter<std::uint64_t>(parameters, 0), words);
  if (!at.range) return {at.status};
  const auto fill = [=](char* data) { Fill(data, words, seed); };
  return {Status::kSuccess, [range = *at.range, fill] { Defer(range, fill); }, at.range->bytes};
}

constexpr std::array kKernels = {Kernel{"fill", PrepareFill}};

}  // namespace

const Kernel* FindKernel(std::string_view name) {
  const auto* found = std::find_if(kKernels.begin(), kKernels.end(),
                                   [&](const Kernel& kernel) { return kernel.name == name; });
  return found == kKernels.end() ? nullptr : found;
}

}  // namespace emulator
