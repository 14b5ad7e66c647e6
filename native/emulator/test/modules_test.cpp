#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "common/kernels.h"
#include "emulator/engine/cuda/ptx.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

// Compiling takes 100 ms and finding what was compiled 20: what was done is seen from the time.
constexpr const char* kFigures =
    "time_scale = 1\ninit_seconds = 0\ncontext_seconds = 0\nmodule_cached_noise_ratio = 0\n"
    "module_compiled_noise_ratio = 0\nmodule_cached_seconds = 0.02\nmodule_compiled_seconds = 0.1";

struct Loaded {
  double load_seconds;
  double function_seconds;
};

Loaded LoadAndFind(const Cuda& cuda, const char* image) {
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  Loaded loaded{};
  loaded.load_seconds =
      SecondsOf([&] { CHECK_EQUAL(cuda.cuModuleLoadData(&module, image), CUDA_SUCCESS); });
  loaded.function_seconds = SecondsOf([&] {
    CHECK_EQUAL(cuda.cuModuleGetFunction(&function, module, CUDAPROBE_FILL), CUDA_SUCCESS);
  });
  return loaded;
}

bool IsCompilation(const Loaded& loaded) {
  const double whole = loaded.load_seconds + loaded.function_seconds;
  CHECK(whole >= 0.02);
  return whole >= 0.1;
}

void ImagesArePtx(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUmodule module = nullptr;
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, ""), CUDA_ERROR_INVALID_IMAGE);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module,
                                    "\x7f"
                                    "ELF"),
              CUDA_ERROR_INVALID_IMAGE);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, ".target sm_50\n.version 6.0"),
              CUDA_ERROR_INVALID_IMAGE);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, ".versions 6.0"), CUDA_ERROR_INVALID_IMAGE);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, nullptr), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, "// one\n/* two\n*/ \n.version 6.0\n"), CUDA_SUCCESS);
}

void EntriesAreFoundByName(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUmodule module = nullptr;
  CUfunction function = nullptr;
  const char* image = ".version 6.0\n// .entry fill(\n.visible .entry other() { ret; }";
  CHECK_EQUAL(cuda.cuModuleLoadData(&module, image), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuModuleGetFunction(&function, module, "fill"), CUDA_ERROR_NOT_FOUND);
  CHECK_EQUAL(cuda.cuModuleGetFunction(&function, module, "nothing"), CUDA_ERROR_NOT_FOUND);
  SendErrorsTo(scene.Directory() + "/errors");
  CHECK_EQUAL(cuda.cuModuleGetFunction(&function, module, "other"), CUDA_ERROR_NOT_FOUND);
  CHECK_EQUAL(ReadFile(scene.Directory() + "/errors"),
              "cudaprobe emulator: there is no kernel \"other\" in here\n");
}

void EntriesAreParsed(Scene&) {
  const auto names = EntriesOf(".version 6.0\n.visible .entry a_1(\n.entry\tb$ (\n/*.entry c(*/");
  CHECK_EQUAL(names.size(), std::size_t{2});
  CHECK_EQUAL(names.front(), "a_1");
  CHECK_EQUAL(names.back(), "b$");
}

void TheSecondTimeIsAHit(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kFigures);
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(!IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX "// another text")));
}

void TheCacheIsKeptOverProcesses(Scene& scene) {
  const auto compiles = [&] {
    return IsCompilation(LoadAndFind(scene.StartCuda(kFigures), CUDAPROBE_PTX)) ? 1 : 0;
  };
  Process first(compiles);
  CHECK_EQUAL(first.Wait() != 0, true);
  Process second(compiles);
  CHECK_EQUAL(second.Wait() != 0, false);
}

void TheCacheCanBeDisabled(Scene& scene) {
  setenv("CUDA_CACHE_DISABLE", "1", 1);
  const Cuda cuda = scene.StartCuda(kFigures);
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(!std::filesystem::exists(scene.Directory() + "/cache"));
}

void HomeIsTheOtherPlace(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kFigures);
  unsetenv("CUDA_CACHE_PATH");
  setenv("HOME", scene.Directory().c_str(), 1);
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(!IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(std::filesystem::exists(scene.Directory() + "/.nv/ComputeCache"));
}

void NoPlaceIsNoCache(Scene& scene) {
  const Cuda cuda = scene.StartCuda(kFigures);
  setenv("CUDA_CACHE_PATH", "/proc/nowhere", 1);
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
  CHECK(IsCompilation(LoadAndFind(cuda, CUDAPROBE_PTX)));
}

CUmoduleLoadingMode ModeOf(const Cuda& cuda) {
  CUmoduleLoadingMode mode{};
  CHECK_EQUAL(cuda.cuModuleGetLoadingMode(&mode), CUDA_SUCCESS);
  return mode;
}

void LazyLoadingMovesTheCost(Scene& scene) {
  setenv("CUDA_MODULE_LOADING", "LAZY", 1);
  const Cuda cuda = scene.StartCuda(kFigures);
  CHECK_EQUAL(ModeOf(cuda), CU_MODULE_LAZY_LOADING);
  const Loaded loaded = LoadAndFind(cuda, CUDAPROBE_PTX);
  CHECK(loaded.load_seconds >= 0.05 && loaded.load_seconds < 0.1);
  CHECK(loaded.function_seconds >= 0.05);
}

void EagerLoadingPaysAtOnce(Scene& scene) {
  setenv("CUDA_MODULE_LOADING", "EAGER", 1);
  const Cuda cuda = scene.StartCuda(kFigures);
  CHECK_EQUAL(ModeOf(cuda), CU_MODULE_EAGER_LOADING);
  const Loaded loaded = LoadAndFind(cuda, CUDAPROBE_PTX);
  CHECK(loaded.load_seconds >= 0.1);
  CHECK(loaded.function_seconds < 0.05);
}

void TheProfileHasADefault(Scene& scene) {
  unsetenv("CUDA_MODULE_LOADING");
  CHECK_EQUAL(ModeOf(scene.StartCuda("module_loading = eager")), CU_MODULE_EAGER_LOADING);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"an image begins with .version, or is invalid", ImagesArePtx},
          {"an entry that is not there, or not known, is not found", EntriesAreFoundByName},
          {"entries are those of the code, not of comments", EntriesAreParsed},
          {"the second time a module comes from the cache", TheSecondTimeIsAHit},
          {"another process finds it there too", TheCacheIsKeptOverProcesses},
          {"CUDA_CACHE_DISABLE=1 means no cache", TheCacheCanBeDisabled},
          {"without CUDA_CACHE_PATH the cache is in HOME", HomeIsTheOtherPlace},
          {"where nothing can be written there is no cache", NoPlaceIsNoCache},
          {"lazy loading moves cost to the first function", LazyLoadingMovesTheCost},
          {"eager loading pays when loading", EagerLoadingPaysAtOnce},
          {"the profile says how modules are loaded by default", TheProfileHasADefault},
      });
}
