#include "emulator/engine/cuda/visible_devices.h"

#include <algorithm>
#include <string_view>

#include "emulator/engine/settings/parse.h"

namespace emulator {
namespace {

std::optional<std::uint64_t> ByUuid(const std::vector<PresentGpu>& present, std::string_view text) {
  std::optional<std::uint64_t> found;
  for (const PresentGpu& candidate : present) {
    if (candidate.uuid.compare(0, text.size(), text) != 0) continue;
    if (found) return std::nullopt;
    found = candidate.gpu;
  }
  return found;
}

std::optional<std::uint64_t> Find(const PresentGpus& present, std::string_view text) {
  if (text.substr(0, 4) == "GPU-") return ByUuid(present.gpus, text);
  if (text.substr(0, 4) == "MIG-") return ByUuid(present.migs, text);
  const auto position = ParseCount(text);
  if (!position || *position >= present.gpus.size()) return std::nullopt;
  return present.gpus[*position].gpu;
}

/// Takes what stands before the first comma off `list`.
std::string_view NextName(std::string_view& list) {
  const std::size_t end = std::min(list.find(','), list.size());
  const std::string_view name = Trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return name;
}

std::vector<std::uint64_t> NamedGpus(const PresentGpus& present, std::string_view list) {
  std::vector<std::uint64_t> named;
  while (!list.empty()) {
    const auto gpu = Find(present, NextName(list));
    if (!gpu) break;
    if (std::count(named.begin(), named.end(), *gpu) > 0) return {};
    named.push_back(*gpu);
  }
  return named;
}

}  // namespace

std::vector<std::uint64_t> VisibleGpus(const PresentGpus& present,
                                       const std::optional<std::string>& variable) {
  std::vector<std::uint64_t> visible;
  if (variable) {
    visible = NamedGpus(present, *variable);
  } else {
    for (const PresentGpu& gpu : present.gpus) visible.push_back(gpu.gpu);
  }
  const auto mig = std::find_if(visible.begin(), visible.end(), [&](std::uint64_t gpu) {
    return std::any_of(present.migs.begin(), present.migs.end(),
                       [&](const PresentGpu& instance) { return instance.gpu == gpu; });
  });
  if (mig != visible.end()) return {*mig};
  return visible;
}

}  // namespace emulator
