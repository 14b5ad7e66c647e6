#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "emulator/engine/timing/noise.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

std::vector<double> Draws(std::uint64_t seed, const std::string& name) {
  std::vector<double> factors;
  for (std::uint64_t call = 1; call <= 1000; ++call) {
    factors.push_back(NoiseFactor({seed, call, name}, 0.1));
  }
  return factors;
}

void NoiseIsReproducible(Scene&) {
  CHECK(Draws(1, "init") == Draws(1, "init"));
  CHECK(Draws(1, "init") != Draws(2, "init"));
  CHECK(Draws(1, "init") != Draws(1, "context"));
}

void NoiseHasItsWidth(Scene&) {
  std::vector<double> draws = Draws(7, "init");
  std::sort(draws.begin(), draws.end());
  // exp(-0.1), 1 and exp(0.1) at one sigma below, in the middle, and one above.
  CHECK(draws[159] > 0.89 && draws[159] < 0.92);
  CHECK(draws[500] > 0.985 && draws[500] < 1.015);
  CHECK(draws[841] > 1.09 && draws[841] < 1.12);
}

void NoNoiseIsOne(Scene&) {
  CHECK_EQUAL(NoiseFactor({1, 1, "init"}, 0), 1.0);
}

double InitSeconds(Scene& scene, const std::string& configuration) {
  scene.Arm("time_scale = 1\ninit_seconds = 0.05\ninit_noise_ratio = 0\n" + configuration);
  const Cuda cuda = scene.LoadCuda();
  return SecondsOf([&] { CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS); });
}

void InitTakesItsTime(Scene& scene) {
  const double seconds = InitSeconds(scene, "");
  CHECK(seconds >= 0.05 && seconds < 0.5);
}

void EachVisibleGpuCosts(Scene& scene) {
  unsetenv("CUDA_VISIBLE_DEVICES");
  CHECK(InitSeconds(scene, "gpus = 4\ninit_per_extra_gpu_seconds = 0.05") >= 0.2);
}

void HiddenGpusCostNothing(Scene& scene) {
  setenv("CUDA_VISIBLE_DEVICES", "1", 1);
  CHECK(InitSeconds(scene, "gpus = 4\ninit_per_extra_gpu_seconds = 1") < 0.9);
}

constexpr const char* kCold = "persistence_mode = disabled\nfirst_touch_seconds = 1";

void TheFirstToTouchPays(Scene& scene) {
  CHECK(InitSeconds(scene, kCold) >= 1.05);
}

void PersistenceKeepsAwake(Scene& scene) {
  CHECK(InitSeconds(scene, "persistence_mode = enabled\nfirst_touch_seconds = 1") < 0.9);
}

void ATenantKeepsAwake(Scene& scene) {
  CHECK(InitSeconds(scene, std::string(kCold) + "\ntenant = gpu=0 pid=1 bytes=5") < 0.9);
}

void AnotherProcessKeepsAwake(Scene& scene) {
  const Gate ready;
  const Gate forever;
  Process other([&] {
    InitSeconds(scene, kCold);
    ready.Open();
    forever.Await();
    return 0;
  });
  ready.Await();
  CHECK(InitSeconds(scene, kCold) < 0.9);
}

/// Whether NVML, initialised so, leaves the GPU warm for a cuInit of the same process.
bool NvmlWarms(Scene& scene, unsigned int flags) {
  scene.Arm(std::string(kCold) + "\ntime_scale = 1\ninit_seconds = 0.05");
  const Nvml nvml = scene.LoadNvml();
  CHECK_EQUAL(nvml.nvmlInitWithFlags(flags), NVML_SUCCESS);
  const Cuda cuda = scene.LoadCuda();
  return SecondsOf([&] { CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS); }) < 0.9;
}

void NvmlKeepsAwake(Scene& scene) {
  CHECK(NvmlWarms(scene, 0));
}
void NvmlNeedNotAttach(Scene& scene) {
  CHECK(!NvmlWarms(scene, NVML_INIT_FLAG_NO_ATTACH));
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"noise is the same for the same seed, call and name", NoiseIsReproducible},
                      {"noise has median 1 and the sigma asked for", NoiseHasItsWidth},
                      {"without sigma there is no noise", NoNoiseIsOne},
                      {"cuInit takes its time", InitTakesItsTime},
                      {"each visible GPU adds to it", EachVisibleGpuCosts},
                      {"a hidden GPU adds nothing", HiddenGpusCostNothing},
                      {"the first to touch a GPU without persistence pays", TheFirstToTouchPays},
                      {"with persistence nobody does", PersistenceKeepsAwake},
                      {"a tenant keeps the GPU awake", ATenantKeepsAwake},
                      {"another process does too", AnotherProcessKeepsAwake},
                      {"so does NVML", NvmlKeepsAwake},
                      {"but not when it is told not to attach", NvmlNeedNotAttach},
                  });
}
