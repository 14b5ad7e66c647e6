#include "emulator/test/peer.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = std::size_t{4} << 20U;

CUdeviceptr Allocated(const Cuda& cuda, std::size_t bytes) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, bytes), CUDA_SUCCESS);
  return memory;
}

CUdeviceptr Opened(const Cuda& cuda, const CUipcMemHandle& handle) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS),
              CUDA_SUCCESS);
  return memory;
}

void Export(const Cuda& cuda, const Channel& channel) {
  CUipcMemHandle handle{};
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&handle, Allocated(cuda, kBytes)), CUDA_SUCCESS);
  channel.Send(handle);
  channel.Receive<char>();
}

/// What exporting, opening and closing answer.
void CheckUnsupported(const Cuda& cuda) {
  CUipcMemHandle handle{};
  CUdeviceptr memory = Allocated(cuda, 8);
  CHECK_EQUAL(cuda.cuIpcGetMemHandle(&handle, memory), CUDA_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS),
              CUDA_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(cuda.cuIpcCloseMemHandle(memory), CUDA_ERROR_NOT_SUPPORTED);
}

void AProfileMayLackIt(Scene& scene) {
  CheckUnsupported(scene.StartCuda("legacy_ipc = false"));
}

void AnInstanceLacksIt(Scene& scene) {
  CheckUnsupported(scene.StartCuda("mig = gpu=0 gi=1 ci=0 bytes=10737418240"));
}

void FaultsHappen(Scene& scene) {
  Peer peer(scene, "fault = call=cuIpcOpenMemHandle_v2 nth=1 code=205", Export);
  const auto handle = peer.Connection().Receive<CUipcMemHandle>();
  const Cuda cuda = scene.StartCuda("fault = call=cuIpcOpenMemHandle_v2 nth=1 code=205");
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuIpcOpenMemHandle_v2(&memory, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS),
              CUDA_ERROR_MAP_FAILED);
  Opened(cuda, handle);
}

void CallsTakeTheirTime(Scene& scene) {
  const Cuda cuda = scene.StartCuda(
      "time_scale = 1\ninit_seconds = 0\ncontext_seconds = 0\nipc_get_handle_seconds = 0.05\n"
      "ipc_get_handle_noise_ratio = 0");
  CUipcMemHandle handle{};
  const CUdeviceptr memory = Allocated(cuda, kBytes);
  const double seconds = SecondsOf([&] { cuda.cuIpcGetMemHandle(&handle, memory); });
  CHECK(seconds >= 0.05 && seconds < 0.5);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"a profile may lack it", AProfileMayLackIt},
                      {"a MIG instance lacks it", AnInstanceLacksIt},
                      {"a fault may refuse to open", FaultsHappen},
                      {"exporting takes its time", CallsTakeTheirTime},
                  });
}
