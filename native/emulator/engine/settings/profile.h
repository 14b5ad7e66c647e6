#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/engine/timing/latency.h"

namespace emulator {

struct ComputeCapability {
  int major = 0;
  int minor = 0;
};

/// Bytes per second, more than 0.
struct Rate {
  double bytes_per_second = 1;
};

/// A part of a whole, 0 to 1.
struct Ratio {
  double value = 0;
};

/// The numbers are those of NVML and of CUDA.
enum class ComputeMode { kDefault, kExclusiveThread, kProhibited, kExclusiveProcess };
enum class PersistenceMode { kDisabled, kEnabled };
enum class MigMode { kDisabled, kEnabled, kUnsupported };
/// What the driver answers when asked whether MPS serves this process: no, unless it does.
enum class MpsAnswer { kNo, kYes, kUnsupported };
/// Retired pages, as GPUs before Ampere have them.
enum class PageRetirement { kNone, kPending, kUnsupported };
/// Remapped rows, as data centre GPUs from Ampere on have them.
enum class RowRemapping { kNone, kPending, kFailed, kUnsupported };
enum class ModuleLoading { kEager, kLazy };

/// A model of GPU with its driver, as a .profile file describes it: each member is a key of the
/// same name (profile_keys.cpp), and profiles/h100.profile says what each means.
struct Profile {
  std::string name;
  std::uint64_t pci_device_id = 0;
  std::uint64_t multiprocessors = 0;
  ComputeCapability compute_capability;
  std::uint64_t pcie_generation = 0;
  std::uint64_t pcie_width = 0;
  std::uint64_t pcie_max_generation = 0;
  std::uint64_t pcie_max_width = 0;

  std::string driver_version;
  std::string nvml_version;
  std::uint64_t cuda_driver_version = 0;
  ModuleLoading module_loading = ModuleLoading::kLazy;

  std::uint64_t memory_total_bytes = 0;
  std::uint64_t memory_reserved_bytes = 0;
  std::uint64_t context_bytes = 0;
  std::uint64_t context_overhead_bytes = 0;

  std::uint64_t mps_client_bytes = 0;
  std::uint64_t mps_server_bytes = 0;
  std::uint64_t mps_max_clients = 0;

  bool legacy_ipc = true;
  bool ipc_events = true;
  bool vmm = true;
  bool vmm_fd = true;

  ComputeMode compute_mode = ComputeMode::kDefault;
  PersistenceMode persistence_mode = PersistenceMode::kEnabled;
  MigMode mig_mode = MigMode::kUnsupported;
  MigMode mig_mode_pending = MigMode::kUnsupported;
  MpsAnswer mps_enabled = MpsAnswer::kNo;
  PageRetirement page_retirement = PageRetirement::kUnsupported;
  RowRemapping row_remapping = RowRemapping::kUnsupported;
  std::optional<std::uint64_t> recovery_action;  // nothing where it is unsupported
  Ratio gpu_utilization_ratio;
  Ratio memory_utilization_ratio;

  Rate pinned_to_device_bytes_per_second;
  Rate device_to_pinned_bytes_per_second;
  Rate pageable_to_device_bytes_per_second;
  Rate device_to_pageable_bytes_per_second;
  Rate both_ways_bytes_per_second;
  Rate device_to_device_bytes_per_second;

  LatencyTable latencies{};
  Ratio lock_held_ratio;
  Ratio lazy_loading_ratio;
  double reclaim_seconds = 0;
};

}  // namespace emulator
