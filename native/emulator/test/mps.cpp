#include "emulator/test/mps.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "emulator/engine/timing/clock.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr Seconds kPatience{20};

std::string ControlProgram(const Scene& scene) {
  return scene.Libraries() + "/bin/nvidia-cuda-mps-control";
}

const Scene& Armed(const Scene& scene, const std::string& configuration) {
  scene.Arm(configuration);
  setenv("CUDA_MPS_PIPE_DIRECTORY", (scene.Directory() + "/pipe").c_str(), 1);
  return scene;
}

nvmlDevice_t FirstDevice(const Nvml& nvml) {
  nvmlDevice_t device = nullptr;
  CHECK_EQUAL(nvml.nvmlDeviceGetHandleByIndex_v2(0, &device), NVML_SUCCESS);
  return device;
}

using List = nvmlReturn_t (*)(nvmlDevice_t, unsigned int*, nvmlProcessInfo_t*);

std::string TextOf(const Nvml& nvml, List list) {
  unsigned int count = 16;
  nvmlProcessInfo_t processes[16];
  std::string text;
  CHECK_EQUAL(list(FirstDevice(nvml), &count, processes), NVML_SUCCESS);
  for (unsigned int i = 0; i < count; ++i) {
    text += Entry(static_cast<int>(processes[i].pid), processes[i].usedGpuMemory);
  }
  return text;
}

}  // namespace

Said RunShell(const std::string& command) {
  Said said;
  std::FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) std::abort();
  for (int letter = std::fgetc(pipe); letter != EOF; letter = std::fgetc(pipe)) {
    said.text += static_cast<char>(letter);
  }
  said.exit_code = WEXITSTATUS(pclose(pipe));
  return said;
}

MpsDaemon::MpsDaemon(const Scene& scene, const std::string& configuration)
    : scene_(Armed(scene, configuration)), process_([&] {
        const std::string program = ControlProgram(scene);
        execl(program.c_str(), program.c_str(), "-f", nullptr);
        return 127;
      }) {
  const Instant end = Now() + kPatience;
  while (Console("get_server_list").exit_code != 0 && Now() < end) {
  }
}

MpsDaemon::~MpsDaemon() {
  process_.Signal(SIGTERM);
  process_.Wait();
}

std::string MpsDaemon::PipeDirectory() const {
  return scene_.Directory() + "/pipe";
}

Said MpsDaemon::Console(const std::string& command) const {
  return RunShell("echo '" + command + "' | " + ControlProgram(scene_));
}

int MpsDaemon::ServerPid() const {
  return std::atoi(Console("get_server_list").text.c_str());
}

Client::Client(const Scene& scene, const std::string& configuration)
    : process_([&] {
        const Cuda cuda = scene.StartCuda(configuration);
        ready_.Open();
        end_.Await();
        return cuda.cuCtxSynchronize() == CUDA_SUCCESS ? 0 : 1;
      }) {
  ready_.Await();
}

bool Client::End() {
  end_.Open();
  return process_.Wait() == 0;
}

CUresult StartContext(const Scene& scene) {
  const Cuda cuda = scene.LoadCuda();
  CUcontext context = nullptr;
  const CUresult result = cuda.cuInit(0);
  return result == CUDA_SUCCESS ? cuda.cuDevicePrimaryCtxRetain(&context, 0) : result;
}

std::string ComputeList(const Nvml& nvml) {
  return TextOf(nvml, nvml.nvmlDeviceGetComputeRunningProcesses_v3);
}

std::string MpsList(const Nvml& nvml) {
  return TextOf(nvml, nvml.nvmlDeviceGetMPSComputeRunningProcesses_v3);
}

std::uint64_t UsedBytes(const Nvml& nvml) {
  nvmlMemory_v2_t memory{};
  memory.version = NVML_MEMORY_V2_VERSION;
  CHECK_EQUAL(nvml.nvmlDeviceGetMemoryInfo_v2(FirstDevice(nvml), &memory), NVML_SUCCESS);
  return memory.used;
}

std::string Entry(int pid, std::uint64_t bytes) {
  return std::to_string(pid) + ":" + std::to_string(bytes / kMiB) + " ";
}

}  // namespace emulator::test
