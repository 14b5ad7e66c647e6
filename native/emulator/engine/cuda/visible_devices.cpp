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

std::optional<std::uint64_t> Find(const std::vector<PresentGpu>& present, std::string_view text) {
  if (text.substr(0, 4) == "GPU-") return ByUuid(present, text);
  const auto position = ParseCount(text);
  if (!position || *position >= present.size()) return std::nullopt;
  return present[*position].gpu;
}

/// Takes what stands before the first comma off `list`.
std::string_view NextName(std::string_view& list) {
  const std::size_t end = std::min(list.find(','), list.size());
  const std::string_view name = Trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return name;
}

}  // namespace

std::vector<std::uint64_t> VisibleGpus(const std::vector<PresentGpu>& present,
                                       const std::optional<std::string>& variable) {
  std::vector<std::uint64_t> visible;
  if (!variable) {
    for (const PresentGpu& gpu : present) visible.push_back(gpu.gpu);
    return visible;
  }
  for (std::string_view list = *variable; !list.empty();) {
    const auto gpu = Find(present, NextName(list));
    if (!gpu) break;
    if (std::count(visible.begin(), visible.end(), *gpu) > 0) return {};
    visible.push_back(*gpu);
  }
  return visible;
}

}  // namespace emulator
