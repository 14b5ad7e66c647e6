#include "common/reasons.h"

#include <initializer_list>

#include "test/check.h"

namespace {

struct Row {
  int code;
  const char* reason;
};

constexpr Row kCuda[] = {
    {2, "oom"},
    {3, "system_not_ready"},
    {34, "stub_library"},
    {36, "driver_too_old"},
    {46, "exclusive"},
    {101, "no_device"},
    {200, "ptx_jit"},
    {209, "ptx_jit"},
    {214, "ecc"},
    {217, "nvlink"},
    {218, "ptx_jit"},
    {220, "nvlink"},
    {221, "ptx_jit"},
    {222, "driver_too_old"},
    {223, "ptx_jit"},
    {226, "ecc"},
    {304, "permission"},
    {700, "launch_failed"},
    {702, "launch_failed"},
    {715, "launch_failed"},
    {716, "launch_failed"},
    {718, "launch_failed"},
    {719, "launch_failed"},
    {800, "permission"},
    {801, "not_supported"},
    {802, "system_not_ready"},
    {803, "driver_mismatch"},
    {804, "driver_mismatch"},
    {805, "mps_unavailable"},
    {806, "mps_unavailable"},
    {807, "mps_unavailable"},
    {808, "mps_full"},
    {809, "mps_full"},
    {810, "mps_unavailable"},
    {909, "timeout"},
    {916, "system_not_ready"},
    {1, "unknown"},
    {12345, "unknown"},
};

/// A call that is not cuInit, on a host whose kernel has the driver.
std::string Cuda(int code) {
  CudaCircumstances circumstances;
  circumstances.kernel_driver = true;
  return CudaReason(static_cast<CUresult>(code), circumstances);
}

std::string Nvml(int code) {
  return NvmlReason(static_cast<nvmlReturn_t>(code));
}

void CudaCodesHaveTheirReason() {
  for (const Row& row : kCuda) CHECK_TEXT(Cuda(row.code), row.reason);
}

void NoDeviceMeansNoDriverWhereTheKernelHasNone() {
  CudaCircumstances initializing;
  initializing.initializing = true;
  CHECK_TEXT(CudaReason(CUDA_ERROR_NO_DEVICE, initializing), "no_driver");
  initializing.kernel_driver = true;
  CHECK_TEXT(CudaReason(CUDA_ERROR_NO_DEVICE, initializing), "no_device");
}

void WhatCuInitOnceFoundIsLostLater() {
  CudaCircumstances initializing;
  initializing.initializing = true;
  CHECK_TEXT(CudaReason(CUDA_ERROR_UNKNOWN, initializing), "uvm_missing");
  CHECK_TEXT(Cuda(CUDA_ERROR_UNKNOWN), "gpu_lost");
  CHECK_TEXT(Cuda(CUDA_ERROR_NO_DEVICE), "gpu_lost");
}

void IpcIsDeniedOnlyWhereItIsOpened() {
  CudaCircumstances opening;
  opening.opening_ipc = true;
  for (const int code : {201, 205, 400, 711}) {
    CHECK_TEXT(CudaReason(static_cast<CUresult>(code), opening), "ipc_denied");
    CHECK_TEXT(Cuda(code), "unknown");
  }
  CHECK_TEXT(CudaReason(CUDA_ERROR_OUT_OF_MEMORY, opening), "oom");
}

void NvmlCodesHaveTheirReason() {
  for (const Row& row : std::initializer_list<Row>{{1, "system_not_ready"},
                                                   {3, "not_supported"},
                                                   {4, "permission"},
                                                   {6, "no_device"},
                                                   {9, "no_driver"},
                                                   {10, "timeout"},
                                                   {12, "no_library"},
                                                   {13, "driver_too_old"},
                                                   {15, "gpu_lost"},
                                                   {16, "reset_required"},
                                                   {17, "permission"},
                                                   {18, "driver_mismatch"},
                                                   {19, "exclusive"},
                                                   {20, "oom"},
                                                   {25, "driver_too_old"},
                                                   {27, "system_not_ready"},
                                                   {28, "no_device"},
                                                   {999, "unknown"},
                                                   {12345, "unknown"}})
    CHECK_TEXT(Nvml(row.code), row.reason);
}

void NvmlCodesHaveTheirName() {
  CHECK_TEXT(NvmlName(NVML_ERROR_DRIVER_NOT_LOADED), "NVML_ERROR_DRIVER_NOT_LOADED");
  CHECK_TEXT(NvmlName(NVML_ERROR_LIB_RM_VERSION_MISMATCH), "NVML_ERROR_LIB_RM_VERSION_MISMATCH");
  CHECK_TEXT(NvmlName(NVML_ERROR_UNKNOWN), "NVML_ERROR_UNKNOWN");
  CHECK(NvmlName(static_cast<nvmlReturn_t>(12345)) == nullptr);
}

}  // namespace

int main() {
  CudaCodesHaveTheirReason();
  NoDeviceMeansNoDriverWhereTheKernelHasNone();
  WhatCuInitOnceFoundIsLostLater();
  IpcIsDeniedOnlyWhereItIsOpened();
  NvmlCodesHaveTheirReason();
  NvmlCodesHaveTheirName();
  return Failures();
}
