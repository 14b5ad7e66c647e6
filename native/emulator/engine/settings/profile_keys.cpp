#include "emulator/engine/settings/profile_keys.h"

#include <algorithm>
#include <array>

#include "emulator/engine/settings/profile_values.h"

namespace emulator {
namespace {

template <auto Member>
Problem SetMember(Profile& profile, std::string_view text) {
  return SetValue(profile.*Member, text);
}

struct Key {
  std::string_view name;
  Problem (*set)(Profile&, std::string_view);
};

#define KEY(name)                      \
  Key {                                \
#name, SetMember < &Profile::name> \
  }
constexpr std::array kKeys = {
    KEY(name),
    KEY(pci_device_id),
    KEY(multiprocessors),
    KEY(compute_capability),
    KEY(pcie_generation),
    KEY(pcie_width),
    KEY(pcie_max_generation),
    KEY(pcie_max_width),
    KEY(driver_version),
    KEY(nvml_version),
    KEY(cuda_driver_version),
    KEY(module_loading),
    KEY(memory_total_bytes),
    KEY(memory_reserved_bytes),
    KEY(context_bytes),
    KEY(context_overhead_bytes),
    KEY(mps_client_bytes),
    KEY(mps_server_bytes),
    KEY(mps_max_clients),
    KEY(legacy_ipc),
    KEY(ipc_events),
    KEY(vmm),
    KEY(vmm_fd),
    KEY(compute_mode),
    KEY(persistence_mode),
    KEY(mig_mode),
    KEY(mig_mode_pending),
    KEY(mps_enabled),
    KEY(page_retirement),
    KEY(row_remapping),
    KEY(recovery_action),
    KEY(gpu_utilization_ratio),
    KEY(memory_utilization_ratio),
    KEY(pinned_to_device_bytes_per_second),
    KEY(device_to_pinned_bytes_per_second),
    KEY(pageable_to_device_bytes_per_second),
    KEY(device_to_pageable_bytes_per_second),
    KEY(both_ways_bytes_per_second),
    KEY(device_to_device_bytes_per_second),
    KEY(lock_held_ratio),
    KEY(lazy_loading_ratio),
    KEY(reclaim_seconds),
};
#undef KEY

constexpr std::string_view kSecondsEnd = "_seconds";
constexpr std::string_view kNoiseEnd = "_noise_ratio";

/// The figures of the latency whose name followed by `end` is `key`.
LatencyFigures* FindLatency(Profile& profile, std::string_view key, std::string_view end) {
  for (std::size_t i = 0; i < kLatencyNames.size(); ++i) {
    const std::string_view name = kLatencyNames[i];
    const bool found = key.size() == name.size() + end.size() &&
                       key.substr(0, name.size()) == name && key.substr(name.size()) == end;
    if (found) return &profile.latencies[i];
  }
  return nullptr;
}

double* FindLatencyKey(Profile& profile, std::string_view key) {
  if (auto* figures = FindLatency(profile, key, kSecondsEnd)) return &figures->seconds;
  if (auto* figures = FindLatency(profile, key, kNoiseEnd)) return &figures->noise_ratio;
  return nullptr;
}

const Key* FindKey(std::string_view name) {
  const auto* found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.name == name; });
  return found == kKeys.end() ? nullptr : found;
}

}  // namespace

bool IsProfileKey(std::string_view key) {
  Profile profile;
  return FindKey(key) != nullptr || FindLatencyKey(profile, key) != nullptr;
}

Problem SetProfileKey(Profile& profile, std::string_view key, std::string_view value) {
  if (double* amount = FindLatencyKey(profile, key)) return SetValue(*amount, value);
  return FindKey(key)->set(profile, value);
}

std::vector<std::string> RequiredProfileKeys() {
  std::vector<std::string> names;
  names.reserve(kKeys.size() + kLatencyNames.size());
  for (const Key& key : kKeys) names.emplace_back(key.name);
  for (const auto latency : kLatencyNames)
    names.push_back(std::string(latency).append(kSecondsEnd));
  return names;
}

}  // namespace emulator
