#include "emulator/test/scene.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace emulator::test {
namespace {

std::string MakeDirectory() {
  std::string path = std::filesystem::temp_directory_path().string() + "/emulator-test-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

void* Load(const std::string& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    std::abort();
  }
  return library;
}

template <typename Function>
void Look(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  if (function == nullptr) std::abort();
}

}  // namespace

Scene::Scene(std::string libraries)
    : libraries_(std::move(libraries)), directory_(MakeDirectory()) {}

Scene::~Scene() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Scene::Arm(const std::string& configuration) const {
  const bool scaled = configuration.find("time_scale") != std::string::npos;
  WriteFile(directory_ + "/emulator.conf",
            configuration + (scaled ? "\n" : "\ntime_scale = 0.01\n"));
  setenv("CUDAPROBE_EMULATOR", directory_.c_str(), 1);
  setenv("CUDA_CACHE_PATH", (directory_ + "/cache").c_str(), 1);
}

Cuda Scene::LoadCuda() const {
  void* library = Load(libraries_ + "/libcuda.so.1");
  Cuda cuda;
#define LOOK(name) Look(library, #name, cuda.name);
  TEST_CUDA_CALLS(LOOK)
#undef LOOK
  return cuda;
}

Nvml Scene::LoadNvml() const {
  void* library = Load(libraries_ + "/libnvidia-ml.so.1");
  Nvml nvml;
#define LOOK(name) Look(library, #name, nvml.name);
  TEST_NVML_CALLS(LOOK)
#undef LOOK
  return nvml;
}

Cuda Scene::StartCuda(const std::string& configuration) const {
  Arm(configuration);
  const Cuda cuda = LoadCuda();
  CUcontext context = nullptr;
  const bool started = cuda.cuInit(0) == CUDA_SUCCESS &&
                       cuda.cuDevicePrimaryCtxRetain(&context, 0) == CUDA_SUCCESS &&
                       cuda.cuCtxSetCurrent(context) == CUDA_SUCCESS;
  if (!started) std::abort();
  return cuda;
}

Nvml Scene::StartNvml(const std::string& configuration) const {
  Arm(configuration);
  const Nvml nvml = LoadNvml();
  if (nvml.nvmlInit_v2() != NVML_SUCCESS) std::abort();
  return nvml;
}

}  // namespace emulator::test
