import type { Family } from "../probes/family.ts";

/** The driver and the devices, as the last listing found them. */
export const deviceFamilies: readonly Family[] = [
  {
    name: "cudaprobe_up",
    type: "gauge",
    help: "1 when a driver answered the last scheduled listing of devices, else 0; absent before the first.",
    labelNames: [],
    device: false,
  },
  {
    name: "cudaprobe_driver_error",
    type: "gauge",
    help: "Always 1, while no driver answers: why; absent otherwise.",
    labelNames: ["reason", "code"],
    device: false,
  },
  {
    name: "cudaprobe_driver_info",
    type: "gauge",
    help: "Always 1: what answers as the driver (backend is nvidia, or emulator for a stand-in whose figures are not a GPU's), its versions and libraries.",
    labelNames: [
      "backend",
      "driver_version",
      "nvml_version",
      "cuda_version",
      "libcuda",
      "libnvidia_ml",
    ],
    device: false,
  },
  {
    name: "cudaprobe_gpu_up",
    type: "gauge",
    help: "1 for a GPU in the last scheduled listing, 0 for one that does not answer though it was seen since the start or is named in the configuration.",
    labelNames: [],
    device: true,
  },
  {
    name: "cudaprobe_gpu_info",
    type: "gauge",
    help: "Always 1: what a GPU is, the modes it was in at the last scheduled listing, and which version of NVML's memory call answered (v1 counts what the driver reserves as used).",
    labelNames: [
      "name",
      "pci_bus_id",
      "compute_mode",
      "persistence_mode",
      "mig_mode",
      "memory_info",
    ],
    device: true,
  },
];
