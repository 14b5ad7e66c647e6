#include <unistd.h>

#include <cstdlib>
#include <string>

#include "emulator/test/check.h"
#include "emulator/test/mps.h"

namespace emulator::test {
namespace {

int Attribute(const Cuda& cuda, CUdevice_attribute attribute) {
  int value = -1;
  CHECK_EQUAL(cuda.cuDeviceGetAttribute(&value, attribute, 0), CUDA_SUCCESS);
  return value;
}

int MpsEnabled(const Cuda& cuda) {
  return Attribute(cuda, CU_DEVICE_ATTRIBUTE_MPS_ENABLED);
}

void AClientIsSmallAndKnowsIt(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  const Cuda cuda = scene.StartCuda("");
  const Nvml nvml = scene.StartNvml("");
  const std::string server = Entry(daemon.ServerPid(), kServerBytes);
  const std::string client = Entry(getpid(), kClientBytes);
  CHECK_EQUAL(MpsEnabled(cuda), 1);
  CHECK_EQUAL(ComputeList(nvml), server + client);
  CHECK_EQUAL(MpsList(nvml), client);
  CHECK_EQUAL(UsedBytes(nvml), kServerBytes + kServerOverhead + kClientBytes);
}

void ASecondClientCostsOneMore(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  Client one(scene, "");
  Client two(scene, "");
  CHECK_EQUAL(UsedBytes(scene.StartNvml("")), kServerBytes + kServerOverhead + 2 * kClientBytes);
}

void AnEmptyDirectoryIsNoMps(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  scene.Arm("mps_default_directory = " + daemon.PipeDirectory());
  setenv("CUDA_MPS_PIPE_DIRECTORY", scene.Directory().c_str(), 1);
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(MpsEnabled(cuda), 0);
  CHECK_EQUAL(daemon.ServerPid(), 0);
}

void WhoNamesNoDirectoryJoinsTheDefault(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  scene.Arm("mps_default_directory = " + daemon.PipeDirectory());
  unsetenv("CUDA_MPS_PIPE_DIRECTORY");
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(MpsEnabled(cuda), 1);
}

void AnotherHostsDaemonIsNone(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  const Scene elsewhere(scene.Libraries());
  elsewhere.Arm("");
  const Cuda cuda = elsewhere.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(MpsEnabled(cuda), 0);
}

void ADriverMaySayThatItDoesNotKnow(Scene& scene) {
  const MpsDaemon daemon(scene, "mps_enabled = unsupported");
  const Cuda cuda = scene.LoadCuda();
  int value = -1;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDeviceGetAttribute(&value, CU_DEVICE_ATTRIBUTE_MPS_ENABLED, 0),
              CUDA_ERROR_INVALID_VALUE);
}

const char* const kExclusive = "compute_mode = exclusive_process";

void ClientsShareAnExclusiveGpu(Scene& scene) {
  const MpsDaemon daemon(scene, kExclusive);
  const Client other(scene, kExclusive);
  CHECK_EQUAL(StartContext(scene), CUDA_SUCCESS);
}

void AStrangerDoesNot(Scene& scene) {
  const MpsDaemon daemon(scene, kExclusive);
  const Client other(scene, kExclusive);
  setenv("CUDA_MPS_PIPE_DIRECTORY", scene.Directory().c_str(), 1);
  CHECK_EQUAL(StartContext(scene), CUDA_ERROR_DEVICE_UNAVAILABLE);
}

void AServerDoesNotGetWhatAnotherHas(Scene& scene) {
  scene.Arm(kExclusive);
  setenv("CUDA_MPS_PIPE_DIRECTORY", scene.Directory().c_str(), 1);
  const Client holder(scene, kExclusive);
  const MpsDaemon daemon(scene, kExclusive);
  CHECK_EQUAL(StartContext(scene), CUDA_ERROR_MPS_CONNECTION_FAILED);
}

void AServerTakesSoManyClients(Scene& scene) {
  const std::string configuration = "mps_max_clients = 1";
  const MpsDaemon daemon(scene, configuration);
  Client other(scene, configuration);
  const Cuda cuda = scene.LoadCuda();
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_ERROR_MPS_MAX_CLIENTS_REACHED);
  other.End();
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, 0), CUDA_SUCCESS);
}

void AClientUsesAPart(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  CHECK_EQUAL(daemon.Console("get_default_active_thread_percentage").text, "100.0\n");
  CHECK_EQUAL(daemon.Console("set_default_active_thread_percentage 10").text, "10.0\n");
  CHECK_EQUAL(daemon.Console("set_default_active_thread_percentage 0").text,
              "Invalid percentage\n");
  const Cuda cuda = scene.StartCuda("");
  CHECK_EQUAL(Attribute(cuda, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT), 14);
}

void AClientHasItsServersGpus(Scene& scene) {
  setenv("CUDA_VISIBLE_DEVICES", "1", 1);
  const MpsDaemon daemon(scene, "gpus = 2");
  unsetenv("CUDA_VISIBLE_DEVICES");
  const Cuda cuda = scene.LoadCuda();
  int count = 0;
  char bus_id[16] = {};
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuDeviceGetCount(&count), CUDA_SUCCESS);
  CHECK_EQUAL(count, 1);
  CHECK_EQUAL(cuda.cuDeviceGetPCIBusId(bus_id, 16, 0), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(bus_id), "0000:11:00.0");
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"a client is small, and told so; its server is listed", AClientIsSmallAndKnowsIt},
          {"a second client costs no second server", ASecondClientCostsOneMore},
          {"a directory without a daemon means no MPS", AnEmptyDirectoryIsNoMps},
          {"who names no directory joins the default's daemon", WhoNamesNoDirectoryJoinsTheDefault},
          {"another host's daemon serves nobody here", AnotherHostsDaemonIsNone},
          {"an older driver does not know MPS's attribute", ADriverMaySayThatItDoesNotKnow},
          {"the clients of a server share an exclusive GPU", ClientsShareAnExclusiveGpu},
          {"who is no client does not", AStrangerDoesNot},
          {"a server does not get an exclusive GPU that another has",
           AServerDoesNotGetWhatAnotherHas},
          {"a server takes so many clients and no more", AServerTakesSoManyClients},
          {"a client has the part of the GPU that the console set", AClientUsesAPart},
          {"a client sees the GPUs that its daemon sees", AClientHasItsServersGpus},
      });
}
