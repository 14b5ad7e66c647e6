#include "emulator/engine/cuda/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>

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

/// fill(.u64 memory, .u64 words, .u32 seed)
Launch PrepareFill(const DeviceMemory& memory, void* const* parameters) {
  const auto address = Parameter<std::uint64_t>(parameters, 0);
  const auto words = Parameter<std::uint64_t>(parameters, 1);
  const auto seed = Parameter<std::uint32_t>(parameters, 2);
  if (words == 0) return {};
  if (address % sizeof(std::uint32_t) != 0) return {Status::kMisalignedAddress};
  const auto range = memory.Range(address, words * sizeof(std::uint32_t));
  if (!range || words > range->allocation->Bytes()) return {Status::kIllegalAddress};
  const std::size_t offset = range->offset;
  return {Status::kSuccess, range->allocation,
          [=](char* data) { Fill(data + offset, words, seed); }, range->bytes};
}

constexpr std::array kKernels = {Kernel{"fill", PrepareFill}};

}  // namespace

const Kernel* FindKernel(std::string_view name) {
  const auto* found = std::find_if(kKernels.begin(), kKernels.end(),
                                   [&](const Kernel& kernel) { return kernel.name == name; });
  return found == kKernels.end() ? nullptr : found;
}

}  // namespace emulator
