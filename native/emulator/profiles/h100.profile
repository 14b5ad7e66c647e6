# NVIDIA H100 80GB HBM3 (SXM), driver 580.159.04, PCIe gen 5 x16.
#
# Measured on one machine, a quiet one: 16 cores, a virtual machine with the GPU passed through,
# Ubuntu 24.04, persistence mode on, MIG off. What says "700 starts" is the median, and for the noise
# the standard deviation of the logarithm (by its robust estimate, 1.48 times the median deviation),
# of 700 cold starts in a row there. What was not measured there says so.

# What the GPU is called (EMULATED comes before it), its PCI device and vendor, its multiprocessors,
# its link to the host, and what that link can be.
name = NVIDIA H100 80GB HBM3
pci_device_id = 0x233010de
multiprocessors = 132
compute_capability = 9.0
pcie_generation = 5
pcie_width = 16
pcie_max_generation = 5
pcie_max_width = 16

driver_version = 580.159.04
nvml_version = 13.580.159.04
cuda_driver_version = 13000
module_loading = lazy  # where CUDA_MODULE_LOADING says nothing: eager or lazy

# Memory. reserved: what the driver keeps for itself, "used" for NVML's version 1 with nothing running.
# context: what NVML says that a process with a bare context uses; overhead: what the GPU lacks
# besides, which no process accounts for.
memory_total_bytes = 85520809984   # 81559 MiB
memory_reserved_bytes = 503316480  # 480 MiB
context_bytes = 543162368          # 518 MiB
context_overhead_bytes = 6291456   # 6 MiB

# Memory with MPS: what NVML says that its server and each client with a bare context use, at an active
# thread percentage of 10 (at 100 a client uses 516 MiB); with both the GPU lacked 6.8 MiB besides, which
# are the server's overhead here. How many clients a server takes on a GPU is from NVIDIA's
# documentation (60, on older drivers 48), not measured.
mps_server_bytes = 69206016  # 66 MiB
mps_client_bytes = 77594624  # 74 MiB
mps_max_clients = 60

# What passes device memory between processes, true or false. legacy_ipc and ipc_events: handles (never on
# a MIG instance), of memory and of events; vmm and vmm_fd: virtual memory management, and its file descriptors.
legacy_ipc = true
ipc_events = true
vmm = true
vmm_fd = true

# State that NVML and the driver tell.
compute_mode = default         # default, exclusive_thread, prohibited or exclusive_process
persistence_mode = enabled     # enabled or disabled: nobody keeps the GPU awake
mig_mode = disabled            # disabled, enabled or unsupported: told; the key mig makes instances
mig_mode_pending = disabled
mps_enabled = no               # no: the truth; yes whatever is; unsupported (by older drivers)
page_retirement = unsupported  # none, pending or unsupported
row_remapping = none           # none, pending, failed or unsupported
recovery_action = 0            # NVML's field 230, a number or unsupported
gpu_utilization_ratio = 0
memory_utilization_ratio = 0

# Cold start, 700 starts. dlopen takes 1.607 ms as the program sees it, and so it does here: the dynamic
# loader takes about 0.6 ms for this library before these begin.
load_driver_seconds = 0.0010
load_driver_noise_ratio = 0.055
init_seconds = 0.102327
init_noise_ratio = 0.0204
context_seconds = 0.121942
context_noise_ratio = 0.053
allocate_seconds = 0.000140
allocate_noise_ratio = 0.104
module_cached_seconds = 0.000113
module_cached_noise_ratio = 0.138
first_kernel_seconds = 0.000034
first_kernel_noise_ratio = 0.044

# Few samples: 14.9 ms with the JIT cache off; 55 to 66 ms; nvmlInit 8.5 to 10 ms; 0.3 to 0.37 ms; 94 ms
# from SIGKILL of a process with a bare context to its memory free again.
module_compiled_seconds = 0.0149
module_compiled_noise_ratio = 0.05
release_seconds = 0.060
release_noise_ratio = 0.05
nvml_init_seconds = 0.009
nvml_init_noise_ratio = 0.05
nvml_processes_seconds = 0.00035
nvml_processes_noise_ratio = 0.05
kernel_seconds = 0.000006
kernel_noise_ratio = 0.1
reclaim_seconds = 0.094

# With MPS, a few samples: cuInit of the first client 168 ms, because it starts the server, of later ones
# 10 ms; their context 82 to 94 ms.
mps_init_seconds = 0.010
mps_init_noise_ratio = 0.05
mps_server_seconds = 0.158
mps_server_noise_ratio = 0.05
mps_context_seconds = 0.088
mps_context_noise_ratio = 0.05

# Not measured there, which has one GPU and is persistent: 45 ms for each further visible GPU is what
# a DGX took (0.394 s with eight, 0.080 s with one); NVIDIA's documentation says 1 to 3 s a GPU for
# the first touch; how lazy loading divides the time between loading and the first function is a
# guess.
init_per_extra_gpu_seconds = 0.045
first_touch_seconds = 2
lazy_loading_ratio = 0.5

# N simultaneous cold starts took 208, 378, 647, 1049, 2204 ms for N = 1, 2, 4, 8, 16, all N about the
# same: 0.36 + 0.64 N times one alone.
lock_held_ratio = 0.64

# Passing device memory on, one sample for each of several sizes. Handles, 8 KiB to 4 MiB: get 5.5 to 6.8 us,
# open 48 to 56 us (75 us the first time), close 40 to 43 us (66 us at 32 MiB). File descriptors, 2 to 128
# MiB: export 615 to 800 us, import 63 to 105 us, map with access 76 to 145 us, unmap with release 58 to 95
# us. The noise is what these ranges show.
ipc_get_handle_seconds = 0.0000056
ipc_get_handle_noise_ratio = 0.08
ipc_open_seconds = 0.000055
ipc_open_noise_ratio = 0.06
ipc_close_seconds = 0.000045
ipc_close_noise_ratio = 0.1
vmm_export_seconds = 0.000700
vmm_export_noise_ratio = 0.08
vmm_import_seconds = 0.000085
vmm_import_noise_ratio = 0.15
vmm_map_seconds = 0.000110
vmm_map_noise_ratio = 0.15
vmm_unmap_seconds = 0.000075
vmm_unmap_noise_ratio = 0.15

# Copies. copy_seconds: the smallest ones. Rates at 256 MiB; on the device counted once. both_ways: each
# direction's while pinned copies of both are under way, of one process or of several; two processes passed
# 1 GiB through a ring of pinned memory at that rate end to end.
copy_seconds = 0.000007
copy_noise_ratio = 0.05
pinned_to_device_bytes_per_second = 54.7e9
device_to_pinned_bytes_per_second = 54.9e9
pageable_to_device_bytes_per_second = 6.96e9
device_to_pageable_bytes_per_second = 10.2e9
both_ways_bytes_per_second = 47.7e9
device_to_device_bytes_per_second = 1492.86e9
