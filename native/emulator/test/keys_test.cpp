#include <string>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

/// NVML is not there with such a configuration, and standard error says this.
void CheckRefused(Scene& scene, const std::string& configuration, const std::string& said) {
  scene.Arm(configuration);
  SendErrorsTo(scene.Directory() + "/errors");
  CHECK_EQUAL(scene.LoadNvml().nvmlInit_v2(), NVML_ERROR_DRIVER_NOT_LOADED);
  const std::string errors = ReadFile(scene.Directory() + "/errors");
  if (errors.find(said) == std::string::npos) Fail(__FILE__, __LINE__, errors);
}

void AllFieldsOfATenant(Scene& scene) {
  scene.Arm(
      "nvml_process_stride = 16\nmps_server = sound\n"
      "mig = bytes=9 gi=1 ci=2\n"
      "tenant = gpu=0 gi=1 ci=2 pid=1 type=compute bytes=5 memory=available hidden=false mps=true "
      "name=all");
  CHECK_EQUAL(scene.LoadNvml().nvmlInit_v2(), NVML_SUCCESS);
}

void MemoryIsAvailableOrNot(Scene& scene) {
  CheckRefused(scene, "tenant = pid=1 bytes=5 memory=5", "which is not one of available");
}

void HiddenIsTrueOrFalse(Scene& scene) {
  CheckRefused(scene, "tenant = pid=1 bytes=5 hidden=yes", "which is not one of false true");
}

void GraphicsIsNotForMps(Scene& scene) {
  CheckRefused(scene, "tenant = pid=1 bytes=5 type=graphics mps=true", "which is for compute");
}

void AStrideIsOneOfThree(Scene& scene) {
  CheckRefused(scene, "nvml_process_stride = 20", "is not one of 16 24 32");
}

void AServerIsSoundOrKnownToFail(Scene& scene) {
  CheckRefused(scene, "mps_server = dead", "mps_server is not one of sound");
}

void WhatThereIsIsTrueOrFalse(Scene& scene) {
  CheckRefused(scene, "legacy_ipc = yes", "legacy_ipc is not one of false true");
}

void BothWaysHaveARate(Scene& scene) {
  CheckRefused(scene, "both_ways_bytes_per_second = 0", "is not a number, more than 0");
}

void AnInstanceHasBytes(Scene& scene) {
  CheckRefused(scene, "mig = gi=1 ci=0", "mig has no bytes");
}

void AnInstanceIsOnAGpu(Scene& scene) {
  CheckRefused(scene, "mig = gpu=1 gi=1 ci=0 bytes=5", "is none of the 1 GPUs");
}

void AnInstanceIsThereOnce(Scene& scene) {
  CheckRefused(scene, "mig = gi=1 bytes=5\nmig = gi=1 bytes=6", "a MIG instance is given twice");
}

void AGpuHasSevenInstances(Scene& scene) {
  std::string configuration;
  for (int i = 0; i < 8; ++i) configuration += "mig = bytes=5 gi=" + std::to_string(i) + "\n";
  CheckRefused(scene, configuration, "a GPU has more than 7 instances");
}

void ATenantIsOnAnInstanceThatIs(Scene& scene) {
  CheckRefused(scene, "mig = gi=1 bytes=9\ntenant = pid=1 bytes=5 gi=2 ci=0",
               "on a MIG instance that is not there");
}

void ATenantNamesAllOfAnInstance(Scene& scene) {
  CheckRefused(scene, "mig = gi=1 bytes=9\ntenant = pid=1 bytes=5 gi=1", "has one of gi and ci");
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"all fields of a tenant may be there", AllFieldsOfATenant},
          {"memory is a word", MemoryIsAvailableOrNot},
          {"a flag is true or false", HiddenIsTrueOrFalse},
          {"a graphics tenant is no client of MPS", GraphicsIsNotForMps},
          {"a stride that no driver had is refused", AStrideIsOneOfThree},
          {"a server of MPS fails in a way that is known", AServerIsSoundOrKnownToFail},
          {"what there is or is not is true or false", WhatThereIsIsTrueOrFalse},
          {"a link has a rate both ways", BothWaysHaveARate},
          {"an instance without bytes is refused", AnInstanceHasBytes},
          {"an instance on a GPU that is not there is refused", AnInstanceIsOnAGpu},
          {"an instance given twice is refused", AnInstanceIsThereOnce},
          {"an eighth instance of a GPU is refused", AGpuHasSevenInstances},
          {"a tenant on an instance that is not there is refused", ATenantIsOnAnInstanceThatIs},
          {"a tenant names both numbers of an instance", ATenantNamesAllOfAnInstance},
      });
}
