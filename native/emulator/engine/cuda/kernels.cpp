#include "emulator/engine/cuda/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace emulator {
namespace {

template <typename Value>
Value Load(const void* from) {
  Value value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename Value>
void Store(char* to, Value value) {
  std::memcpy(to, &value, sizeof value);
}

template <typename Value>
Value Parameter(void* const* parameters, std::size_t index) {
  return Load<Value>(parameters[index]);
}

/// What `fill` writes, to which something may have been added since.
struct Pattern {
  std::uint64_t words;
  std::uint32_t seed;
  std::uint32_t addend;
};

std::uint32_t WordAt(std::uint64_t index, std::uint32_t seed) {
  constexpr std::uint32_t kMultiplier = 2654435761U;
  return (static_cast<std::uint32_t>(index) ^ seed) * kMultiplier;
}

void Fill(char* data, std::uint64_t words, std::uint32_t seed) {
  for (std::uint64_t index = 0; index < words; ++index) {
    Store(data + index * sizeof(std::uint32_t), WordAt(index, seed));
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

std::uint64_t CountWrong(const char* data, const Pattern& pattern) {
  std::uint64_t wrong = 0;
  for (std::uint64_t index = 0; index < pattern.words; ++index) {
    const std::uint32_t word = WordAt(index, pattern.seed) + pattern.addend;
    wrong += Load<std::uint32_t>(data + index * sizeof word) == word ? 0 : 1;
  }
  return wrong;
}

/// verify(.u64 memory, .u64 words, .u32 seed, .u32 addend, .u64 mismatches). What it reads may be
/// written to when somebody looks at the count, so it is not put off.
Launch PrepareVerify(const DeviceMemory& memory, void* const* parameters) {
  const Pattern pattern{Parameter<std::uint64_t>(parameters, 1),
                        Parameter<std::uint32_t>(parameters, 2),
                        Parameter<std::uint32_t>(parameters, 3)};
  if (pattern.words == 0) return {};
  const Words at = WordsAt(memory, Parameter<std::uint64_t>(parameters, 0), pattern.words);
  const Words count = WordsAt(memory, Parameter<std::uint64_t>(parameters, 4), 2);
  if (!at.range || !count.range) return {at.range ? count.status : at.status};
  const auto verify = [range = *at.range, count = *count.range, pattern] {
    const std::uint64_t wrong = CountWrong(range.Data(), pattern);
    char* counted = count.Data();
    Store(counted, Load<std::uint64_t>(counted) + wrong);
  };
  return {Status::kSuccess, verify, at.range->bytes};
}

/// touch(.u64 memory, .u64 words, .u32 addend, .u64 step)
Launch PrepareTouch(const DeviceMemory& memory, void* const* parameters) {
  const auto words = Parameter<std::uint64_t>(parameters, 1);
  const auto addend = Parameter<std::uint32_t>(parameters, 2);
  const auto step = Parameter<std::uint64_t>(parameters, 3);
  if (words == 0) return {};
  // More than any memory has would overflow.
  if (words > UINT32_MAX || step > UINT32_MAX) return {Status::kIllegalAddress};
  const std::uint64_t spanned = (words - 1) * step + 1;
  const Words at = WordsAt(memory, Parameter<std::uint64_t>(parameters, 0), spanned);
  if (!at.range) return {at.status};
  const auto touch = [=](char* data) {
    for (std::uint64_t index = 0; index < words; ++index) {
      char* word = data + index * step * sizeof addend;
      Store(word, Load<std::uint32_t>(word) + addend);
    }
  };
  return {Status::kSuccess, [range = *at.range, touch] { Defer(range, touch); },
          words * sizeof addend};
}

constexpr std::array kKernels = {Kernel{"fill", PrepareFill}, Kernel{"verify", PrepareVerify},
                                 Kernel{"touch", PrepareTouch}};

}  // namespace

const Kernel* FindKernel(std::string_view name) {
  const auto* found = std::find_if(kKernels.begin(), kKernels.end(),
                                   [&](const Kernel& kernel) { return kernel.name == name; });
  return found == kKernels.end() ? nullptr : found;
}

}  // namespace emulator
