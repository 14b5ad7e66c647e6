#include <cstring>
#include <string>
#include <vector>

#include "emulator/engine/gpu_identity.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr unsigned int kRoom = 4;
constexpr unsigned char kUntouched = 0xA5;

nvmlDevice_t FirstDevice(const Nvml& nvml) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  return device;
}

/// A buffer that tells what was not written, with room for records of any length.
struct Buffer {
  unsigned char bytes[kRoom * 32];
  unsigned int count = kRoom;

  Buffer() { std::memset(bytes, kUntouched, sizeof bytes); }

  template <typename Number>
  [[nodiscard]] Number At(std::size_t offset) const {
    Number number{};
    std::memcpy(&number, bytes + offset, sizeof number);
    return number;
  }
};

template <typename Record>
Buffer Listed(const Nvml& nvml, nvmlReturn_t (*list)(nvmlDevice_t, unsigned int*, Record*)) {
  Buffer buffer;
  auto* records = reinterpret_cast<Record*>(buffer.bytes);
  CHECK_EQUAL(list(FirstDevice(nvml), &buffer.count, records), NVML_SUCCESS);
  return buffer;
}

const char* const kThreeTenants =
    "tenant = gpu=0 pid=11 bytes=1000\n"
    "tenant = gpu=0 pid=12 type=graphics bytes=2000\n"
    "tenant = gpu=0 pid=13 bytes=3000 mps=true\n";

void EachListHasItsOwn(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kThreeTenants);
  const Buffer compute = Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3);
  const Buffer graphics = Listed(nvml, nvml.nvmlDeviceGetGraphicsRunningProcesses_v3);
  const Buffer mps = Listed(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses_v3);
  CHECK_EQUAL(compute.count, 2U);
  CHECK_EQUAL(compute.At<unsigned int>(0), 11U);
  CHECK_EQUAL(compute.At<unsigned int>(24), 13U);
  CHECK_EQUAL(graphics.count, 1U);
  CHECK_EQUAL(graphics.At<unsigned int>(0), 12U);
  CHECK_EQUAL(mps.count, 1U);
  CHECK_EQUAL(mps.At<unsigned int>(0), 13U);
}

/// The second record's pid shows where it begins.
void CheckStride(const Buffer& buffer, std::size_t stride) {
  CHECK_EQUAL(buffer.At<unsigned int>(stride), 13U);
  CHECK_EQUAL(buffer.At<unsigned long long>(stride + 8), 3000ULL);
  CHECK_EQUAL(buffer.At<unsigned char>(2 * stride), kUntouched);
}

void OlderVersionsHaveTheirLengths(Scene& scene) {
  const Nvml nvml = scene.StartNvml(std::string(kThreeTenants) + "nvml_process_stride = 32");
  CheckStride(Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses), 16);
  CheckStride(Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v2), 24);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetGraphicsRunningProcesses).count, 1U);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetGraphicsRunningProcesses_v2).count, 1U);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses).count, 1U);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses_v2).count, 1U);
}

void TheThirdVersionIsSound(Scene& scene) {
  const Nvml nvml = scene.StartNvml(kThreeTenants);
  CheckStride(Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3), 24);
}

void TheThirdVersionMayWriteTooMuch(Scene& scene) {
  const Nvml nvml = scene.StartNvml(std::string(kThreeTenants) + "nvml_process_stride = 32");
  const Buffer buffer = Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3);
  CheckStride(buffer, 32);
  CHECK_EQUAL(buffer.At<unsigned long long>(24), 0ULL);
}

void TheThirdVersionMayWriteTheFirst(Scene& scene) {
  const Nvml nvml = scene.StartNvml(std::string(kThreeTenants) + "nvml_process_stride = 16");
  CheckStride(Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3), 16);
}

void WhatIsNotAvailableIsSaidSo(Scene& scene) {
  const Nvml nvml = scene.StartNvml("tenant = gpu=0 pid=11 bytes=1000 memory=not_available");
  const Buffer buffer = Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3);
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(buffer.At<unsigned long long>(8), NVML_VALUE_NOT_AVAILABLE);
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(FirstDevice(nvml), &memory), NVML_SUCCESS);
  CHECK_EQUAL(memory.used, 1000ULL);
}

void WhoIsHiddenStillHoldsMemory(Scene& scene) {
  const Nvml nvml = scene.StartNvml("tenant = gpu=0 pid=11 bytes=1000 mps=true hidden=true");
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3).count, 0U);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses_v3).count, 0U);
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(FirstDevice(nvml), &memory), NVML_SUCCESS);
  CHECK_EQUAL(memory.used, 1000ULL);
}

void AListHasItsLimit(Scene& scene) {
  std::string configuration;
  for (int pid = 1; pid <= 1000; ++pid) {
    configuration += "tenant = gpu=0 bytes=1 pid=" + std::to_string(pid) + "\n";
  }
  const Nvml nvml = scene.StartNvml(configuration);
  std::vector<nvmlProcessInfo_t> records(1000);
  unsigned int count = 1000;
  const auto list = nvml.nvmlDeviceGetComputeRunningProcesses_v3;
  CHECK_EQUAL(list(FirstDevice(nvml), &count, records.data()), NVML_SUCCESS);
  CHECK_EQUAL(count, 950U);
  CHECK_EQUAL(records[949].pid, 950U);
}

void AMissingListIsAFault(Scene& scene) {
  const Nvml nvml = scene.StartNvml(
      "fault = call=nvmlDeviceGetMPSComputeRunningProcesses_v3 code=13\n"
      "tenant = gpu=0 pid=11 bytes=1000 mps=true");
  unsigned int count = 0;
  CHECK_EQUAL(nvml.nvmlDeviceGetMPSComputeRunningProcesses_v3(FirstDevice(nvml), &count, nullptr),
              NVML_ERROR_FUNCTION_NOT_FOUND);
  CHECK_EQUAL(Listed(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses_v2).count, 1U);
}

void AGpuIsFoundByItsUuid(Scene& scene) {
  const Nvml nvml = scene.StartNvml("gpus = 3\nlost = 2");
  nvmlDevice_t device = nullptr;
  nvmlDevice_t second = nullptr;
  const auto find = nvml.nvmlDeviceGetHandleByUUID;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(1, &second), NVML_SUCCESS);
  CHECK_EQUAL(find(UuidText(UuidOf(1, 1)).c_str(), &device), NVML_SUCCESS);
  CHECK(device == second);
  CHECK_EQUAL(find("GPU-00000000-0000-0000-0000-000000000000", &device), NVML_ERROR_NOT_FOUND);
  CHECK_EQUAL(find(UuidText(UuidOf(1, 2)).c_str(), &device), NVML_ERROR_GPU_IS_LOST);
  CHECK_EQUAL(find(nullptr, &device), NVML_ERROR_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"compute, graphics and MPS have a list each", EachListHasItsOwn},
          {"older versions have records of their own length", OlderVersionsHaveTheirLengths},
          {"version 3 has 24 bytes a record", TheThirdVersionIsSound},
          {"version 3 of some drivers has 32", TheThirdVersionMayWriteTooMuch},
          {"version 3 of others has 16", TheThirdVersionMayWriteTheFirst},
          {"memory that is not available is said to be so", WhatIsNotAvailableIsSaidSo},
          {"a hidden process is in no list, and its memory in use", WhoIsHiddenStillHoldsMemory},
          {"a list ends after 950 processes", AListHasItsLimit},
          {"a version that is missing leaves the others", AMissingListIsAFault},
          {"a GPU is found by its UUID, and no other is", AGpuIsFoundByItsUuid},
      });
}
