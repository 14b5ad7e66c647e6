// The driver's codes, folded into the protocol's closed list of reasons.
#pragma once

#include "common/cuda_abi.h"
#include "common/nvml_abi.h"

/// What tells apart the meanings that one code has at different calls.
struct CudaCircumstances {
  bool initializing = false;   // cuInit said it
  bool opening_ipc = false;    // a call said it that opens another process's memory
  bool kernel_driver = false;  // the kernel has NVIDIA's driver loaded
};

/// The reason for an error of the CUDA driver; "unknown" for a code that is not in the list.
const char* CudaReason(CUresult code, const CudaCircumstances& circumstances);

/// The reason for an error of NVML.
const char* NvmlReason(nvmlReturn_t code);

/// NVML's own name of a code, which its library does not tell; null for one that has none here.
const char* NvmlName(nvmlReturn_t code);
