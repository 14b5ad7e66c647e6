#include <sys/wait.h>

#include <csignal>
#include <string>

#include "emulator/test/check.h"
#include "emulator/test/mps.h"

namespace emulator::test {
namespace {

void SomeServersStay(Scene& scene) {
  MpsDaemon daemon(scene, "mps_server = outlives_daemon");
  Client client(scene, "mps_server = outlives_daemon");
  const int server = daemon.ServerPid();
  daemon.Running().Signal(SIGKILL);
  daemon.Running().Wait();
  CHECK(client.End());
  kill(server, SIGKILL);
}

void AClientWithoutItsServerIsLost(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  const Gate turn;
  Process next([&] {
    turn.Await();
    return StartContext(scene) == CUDA_SUCCESS ? 0 : 1;
  });
  const Cuda cuda = scene.StartCuda("");
  CUdeviceptr memory = 0;
  CUcontext context = nullptr;
  const int server = daemon.ServerPid();
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, 1), CUDA_SUCCESS);
  kill(server, SIGKILL);
  while (daemon.ServerPid() == server) {
  }
  CHECK_EQUAL(cuda.cuMemFree_v2(memory), CUDA_ERROR_MPS_RPC_FAILURE);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_ERROR_MPS_RPC_FAILURE);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRelease_v2(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_ERROR_MPS_RPC_FAILURE);
  turn.Open();
  CHECK_EQUAL(next.Wait(), 0);
  CHECK(daemon.ServerPid() != 0);
}

void AServerMayDieAtItsStart(Scene& scene) {
  const MpsDaemon daemon(scene, "mps_server = dies_at_start");
  CHECK_EQUAL(StartContext(scene), CUDA_ERROR_MPS_CONNECTION_FAILED);
}

void AServerMayDieLater(Scene& scene) {
  const std::string configuration = "mps_server = dies_after_context";
  const MpsDaemon daemon(scene, configuration);
  const Cuda cuda = scene.StartCuda(configuration);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_ERROR_MPS_RPC_FAILURE);
}

void AServerMayNeverBeReady(Scene& scene) {
  MpsDaemon daemon(scene, "mps_server = hangs_at_start");
  Process client([&] { return static_cast<int>(StartContext(scene)) - 700; });
  int server = 0;
  while (server == 0) server = daemon.ServerPid();
  CHECK_EQUAL(daemon.Console("quit -t 0").exit_code, 0);
  CHECK_EQUAL(WEXITSTATUS(client.Wait()), CUDA_ERROR_MPS_CONNECTION_FAILED - 700);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"a server may be made to stay", SomeServersStay},
          {"without its server a client has errors; the next has a new server",
           AClientWithoutItsServerIsLost},
          {"a server that dies at its start is an error of cuInit", AServerMayDieAtItsStart},
          {"a server that dies later is an error of the next call", AServerMayDieLater},
          {"a server that is never ready can be ended", AServerMayNeverBeReady},
      });
}
