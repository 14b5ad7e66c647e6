#include "common/listing.h"

#include <algorithm>
#include <cstdio>

namespace {

constexpr char kEmulatorSymbol[] = "cudaprobe_emulator_version";

/// What libcuda says counts: a probe runs on it, and it may be newer than the driver.
int ReadCudaVersion(const Nvml& nvml, const Driver& cuda) {
  int version = 0;
  if (cuda.cuDriverGetVersion && cuda.cuDriverGetVersion.Raw(&version) == CUDA_SUCCESS)
    return version;
  if (const auto& ask = nvml.nvmlSystemGetCudaDriverVersion_v2) (void)ask.Raw(&version);
  return version;
}

}  // namespace

std::optional<Failure> Listing::Read(const Nvml& nvml, const Driver& cuda) {
  unsigned count = 0;
  ReadDriver(nvml, cuda);
  if (auto failure = nvml.nvmlDeviceGetCount_v2(&count)) return failure;
  for (const unsigned most = std::min(count, kMostGpus); read_ < most; ++read_) {
    if (Cancelled()) return Cancellation();
    gpus_[read_] = ReadGpuFacts(nvml, read_);
  }
  return std::nullopt;
}

void Listing::ReadDriver(const Nvml& nvml, const Driver& cuda) {
  constexpr int kMajor = 1000;  // 13000 is 13.0, 12040 is 12.4
  constexpr int kMinor = 10;
  (void)nvml.nvmlSystemGetDriverVersion.Raw(installed_.driver_version,
                                            sizeof installed_.driver_version);
  if (const auto& ask = nvml.nvmlSystemGetNVMLVersion)
    (void)ask.Raw(installed_.nvml_version, sizeof installed_.nvml_version);
  const int version = ReadCudaVersion(nvml, cuda);
  if (version > 0) {
    (void)std::snprintf(installed_.cuda_version, sizeof installed_.cuda_version, "%d.%d",
                        version / kMajor, version % kMajor / kMinor);
  }
  installed_.emulated = nvml.library.Find(kEmulatorSymbol) != nullptr ||
                        cuda.library.Find(kEmulatorSymbol) != nullptr;
}
