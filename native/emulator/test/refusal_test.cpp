#include <unistd.h>

#include <cstdlib>
#include <string>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

/// What the driver says on standard error when it is asked to start with this configuration.
std::string Said(Scene& scene, const std::string& configuration) {
  scene.Arm(configuration);
  const std::string errors = scene.Directory() + "/errors";
  SendErrorsTo(errors);
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_ERROR_STUB_LIBRARY);
  return ReadFile(errors);
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void CheckRefused(Scene& scene, const std::string& configuration, const std::string& why) {
  const std::string said = Said(scene, configuration);
  if (!Contains(said, why)) Fail(__FILE__, __LINE__, "said: " + said + "not: " + why);
}

void UnarmedCudaIsAStub(Scene& scene) {
  unsetenv("CUDAPROBE_EMULATOR");
  const std::string errors = scene.Directory() + "/errors";
  SendErrorsTo(errors);
  const Cuda cuda = scene.LoadCuda();
  int version = 7;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_ERROR_STUB_LIBRARY);
  CHECK_EQUAL(cuda.cuDriverGetVersion(&version), CUDA_ERROR_STUB_LIBRARY);
  CHECK_EQUAL(version, 7);
  CHECK_EQUAL(ReadFile(errors), "cudaprobe emulator: refused: CUDAPROBE_EMULATOR is not set\n");
}

void UnarmedNvmlHasNoDriver(Scene& scene) {
  unsetenv("CUDAPROBE_EMULATOR");
  const std::string errors = scene.Directory() + "/errors";
  SendErrorsTo(errors);
  const Nvml nvml = scene.LoadNvml();
  CHECK_EQUAL(nvml.nvmlInit_v2(), NVML_ERROR_DRIVER_NOT_LOADED);
  CHECK_EQUAL(nvml.nvmlInitWithFlags(0), NVML_ERROR_DRIVER_NOT_LOADED);
  CHECK_EQUAL(ReadFile(errors), "cudaprobe emulator: refused: CUDAPROBE_EMULATOR is not set\n");
}

void ErrorsAreNamedUnarmed(Scene& scene) {
  unsetenv("CUDAPROBE_EMULATOR");
  const Cuda cuda = scene.LoadCuda();
  const char* name = nullptr;
  CHECK_EQUAL(cuda.cuGetErrorName(CUDA_ERROR_STUB_LIBRARY, &name), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(name), "CUDA_ERROR_STUB_LIBRARY");
  CHECK_EQUAL(cuda.cuGetErrorName(static_cast<CUresult>(12345), &name), CUDA_ERROR_INVALID_VALUE);
  CHECK(name == nullptr);
}

void AnEmptyConfigurationIsSound(Scene& scene) {
  scene.Arm("");
  CHECK_EQUAL(scene.LoadCuda().cuInit(0), CUDA_SUCCESS);
}

void AMissingConfigurationIsRefused(Scene& scene) {
  setenv("CUDAPROBE_EMULATOR", scene.Directory().c_str(), 1);
  SendErrorsTo(scene.Directory() + "/errors");
  CHECK_EQUAL(scene.LoadCuda().cuInit(0), CUDA_ERROR_STUB_LIBRARY);
  CHECK(Contains(ReadFile(scene.Directory() + "/errors"), "emulator.conf: No such file"));
}

void AnUnknownKeyIsRefused(Scene& scene) {
  CheckRefused(scene, "gpus = 2\n# a comment\nspeed = 9",
               scene.Directory() + "/emulator.conf:3: speed is an unknown key");
}

void AKeyGivenTwiceIsRefused(Scene& scene) {
  CheckRefused(scene, "gpus = 2\ngpus = 2", "emulator.conf:2: gpus is given twice");
}

void ALineWithoutEqualsIsRefused(Scene& scene) {
  CheckRefused(scene, "gpus 2", "emulator.conf:1: not of the form key = value");
}

void TooManyGpusAreRefused(Scene& scene) {
  CheckRefused(scene, "gpus = 17", "emulator.conf:1: gpus is not a number from 1 to 16");
}

void NumbersAreWhole(Scene& scene) {
  CheckRefused(scene, "seed = 1x", "emulator.conf:1: seed is not a whole number");
}

void RatesAreMoreThanZero(Scene& scene) {
  CheckRefused(scene, "pinned_to_device_bytes_per_second = 0", "is not a number, more than 0");
}

void ModesAreWords(Scene& scene) {
  CheckRefused(scene, "compute_mode = 3", "compute_mode is not one of default");
}

void AFaultNeedsACallThatIs(Scene& scene) {
  CheckRefused(scene, "fault = call=cuMemAlloc code=2", "which is not a call of these libraries");
}

void AFaultNeedsAnEffect(Scene& scene) {
  CheckRefused(scene, "fault = call=cuInit nth=2", "fault has none of code, hang");
}

void AFaultHasNoUnknownField(Scene& scene) {
  CheckRefused(scene, "fault = call=cuInit kode=2", "fault has kode, which is unknown");
}

void ATenantNeedsAGpuThatIs(Scene& scene) {
  CheckRefused(scene, "tenant = gpu=1 pid=1 bytes=5", "none of the 1 GPUs");
}

void AnUnknownProfileIsRefused(Scene& scene) {
  CheckRefused(scene, "profile = h200", "profiles/h200.profile: No such file");
}

void AProfileMustBeWhole(Scene& scene) {
  WriteFile(scene.Directory() + "/my.profile", "name = Mine\n");
  CheckRefused(scene, "profile = ./my.profile", "my.profile: pci_device_id is missing");
}

void AProfileHasOnlyItsKeys(Scene& scene) {
  WriteFile(scene.Directory() + "/my.profile", "name = Mine\ngpus = 2\n");
  CheckRefused(scene, "profile = ./my.profile", "my.profile:2: gpus is an unknown key");
}

void BothProfilesAreSound(Scene& scene) {
  scene.Arm("profile = rtx3050");
  const Cuda cuda = scene.LoadCuda();
  char name[64] = {};
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDeviceGetName(name, sizeof name, 0), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(name), "EMULATED NVIDIA GeForce RTX 3050");
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"unarmed, the CUDA library says it is a stub, once in words", UnarmedCudaIsAStub},
          {"unarmed, NVML says there is no driver, once in words", UnarmedNvmlHasNoDriver},
          {"an error has its name also unarmed, and an unknown one has none",
           ErrorsAreNamedUnarmed},
          {"an empty configuration is sound", AnEmptyConfigurationIsSound},
          {"a directory without a configuration is refused", AMissingConfigurationIsRefused},
          {"an unknown key is refused with file and line", AnUnknownKeyIsRefused},
          {"a key given twice is refused", AKeyGivenTwiceIsRefused},
          {"a line without = is refused", ALineWithoutEqualsIsRefused},
          {"more than 16 GPUs are refused", TooManyGpusAreRefused},
          {"a number with a letter behind it is refused", NumbersAreWhole},
          {"a rate of 0 is refused", RatesAreMoreThanZero},
          {"a mode that is no word is refused", ModesAreWords},
          {"a fault in a call that nobody can make is refused", AFaultNeedsACallThatIs},
          {"a fault that does nothing is refused", AFaultNeedsAnEffect},
          {"a fault with an unknown field is refused", AFaultHasNoUnknownField},
          {"a tenant on a GPU that is not there is refused", ATenantNeedsAGpuThatIs},
          {"a profile that is not there is refused", AnUnknownProfileIsRefused},
          {"a profile that lacks a key is refused", AProfileMustBeWhole},
          {"a profile with a key of emulator.conf is refused", AProfileHasOnlyItsKeys},
          {"the second profile is sound", BothProfilesAreSound},
      });
}
