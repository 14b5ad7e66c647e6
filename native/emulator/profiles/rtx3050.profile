# A small consumer card after the NVIDIA GeForce RTX 3050 (8 GB): no persistence, no MIG, little memory.
#
# Every time, rate and context size in this file is a GUESS, not measured: only what the maker
# publishes (name, multiprocessors, capability, memory) is from somewhere. Use it for a second kind
# of GPU in tests and demonstrations, never to say how long anything takes on such a card.
# What each key means stands in h100.profile.

name = NVIDIA GeForce RTX 3050
pci_device_id = 0x250710de
multiprocessors = 20
compute_capability = 8.6
pcie_generation = 4
pcie_width = 8
pcie_max_generation = 4
pcie_max_width = 8

driver_version = 580.159.04
nvml_version = 13.580.159.04
cuda_driver_version = 13000
module_loading = lazy

memory_total_bytes = 8589934592   # 8 GiB
memory_reserved_bytes = 314572800 # 300 MiB
context_bytes = 115343360         # 110 MiB
context_overhead_bytes = 4194304
mps_server_bytes = 33554432       # 32 MiB
mps_client_bytes = 41943040       # 40 MiB
mps_max_clients = 60

legacy_ipc = true
ipc_events = true
vmm = true
vmm_fd = true

compute_mode = default
persistence_mode = disabled
mig_mode = unsupported
mig_mode_pending = unsupported
mps_enabled = no
page_retirement = unsupported
row_remapping = unsupported
recovery_action = unsupported
gpu_utilization_ratio = 0
memory_utilization_ratio = 0

load_driver_seconds = 0.0010
load_driver_noise_ratio = 0.05
init_seconds = 0.090
init_noise_ratio = 0.03
init_per_extra_gpu_seconds = 0.040
first_touch_seconds = 1
first_touch_noise_ratio = 0.05
context_seconds = 0.080
context_noise_ratio = 0.05
allocate_seconds = 0.000120
allocate_noise_ratio = 0.1
module_cached_seconds = 0.000120
module_cached_noise_ratio = 0.1
module_compiled_seconds = 0.020
module_compiled_noise_ratio = 0.05
first_kernel_seconds = 0.000040
first_kernel_noise_ratio = 0.05
kernel_seconds = 0.000008
kernel_noise_ratio = 0.1
release_seconds = 0.030
release_noise_ratio = 0.05
mps_init_seconds = 0.010
mps_server_seconds = 0.150
mps_context_seconds = 0.080
nvml_init_seconds = 0.012
nvml_init_noise_ratio = 0.05
nvml_processes_seconds = 0.0004
nvml_processes_noise_ratio = 0.05
reclaim_seconds = 0.060

lazy_loading_ratio = 0.5
lock_held_ratio = 0.64

ipc_get_handle_seconds = 0.000006
ipc_get_handle_noise_ratio = 0.1
ipc_open_seconds = 0.000070
ipc_open_noise_ratio = 0.1
ipc_close_seconds = 0.000060
ipc_close_noise_ratio = 0.1
vmm_export_seconds = 0.000800
vmm_export_noise_ratio = 0.1
vmm_import_seconds = 0.000100
vmm_import_noise_ratio = 0.1
vmm_map_seconds = 0.000130
vmm_map_noise_ratio = 0.1
vmm_unmap_seconds = 0.000090
vmm_unmap_noise_ratio = 0.1

copy_seconds = 0.000008
copy_noise_ratio = 0.05
pinned_to_device_bytes_per_second = 12.5e9
device_to_pinned_bytes_per_second = 12.8e9
pageable_to_device_bytes_per_second = 6e9
device_to_pageable_bytes_per_second = 6e9
both_ways_bytes_per_second = 11e9
device_to_device_bytes_per_second = 95e9
