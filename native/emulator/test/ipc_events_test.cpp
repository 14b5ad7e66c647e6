#include "emulator/test/peer.h"

namespace emulator::test {
namespace {

constexpr unsigned int kShared = CU_EVENT_DISABLE_TIMING | CU_EVENT_INTERPROCESS;
constexpr std::size_t kBytes = 1000;

// What a stream is given takes 100 ms: long enough to see that somebody waits for it.
constexpr const char* kSlow =
    "copy_seconds = 0.1\ncopy_noise_ratio = 0\ntime_scale = 1\ninit_seconds = 0\n"
    "context_seconds = 0";

CUevent Created(const Cuda& cuda, unsigned int flags) {
  CUevent event = nullptr;
  CHECK_EQUAL(cuda.cuEventCreate(&event, flags), CUDA_SUCCESS);
  return event;
}

CUipcEventHandle HandleOf(const Cuda& cuda, CUevent event) {
  CUipcEventHandle handle{};
  CHECK_EQUAL(cuda.cuIpcGetEventHandle(&handle, event), CUDA_SUCCESS);
  return handle;
}

/// Keeps the default stream busy for the time of one copy.
void Work(const Cuda& cuda) {
  CUdeviceptr memory = 0;
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&memory, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemsetD8_v2(memory, 1, kBytes), CUDA_SUCCESS);
}

/// Exports an event, records it after some work, says so, and goes on when told to.
void Record(const Cuda& cuda, const Channel& channel) {
  const CUevent event = Created(cuda, kShared);
  channel.Send(HandleOf(cuda, event));
  channel.Receive<char>();
  Work(cuda);
  CHECK_EQUAL(cuda.cuEventRecord(event, nullptr), CUDA_SUCCESS);
  channel.Send('r');
  channel.Receive<char>();
}

struct Importer {
  Cuda cuda;
  CUevent event;
};

Importer Opened(Scene& scene, const Peer& peer) {
  const auto handle = peer.Connection().Receive<CUipcEventHandle>();
  Importer importer{scene.StartCuda(kSlow), nullptr};
  CHECK_EQUAL(importer.cuda.cuIpcOpenEventHandle(&importer.event, handle), CUDA_SUCCESS);
  return importer;
}

void AStreamWaitsForAnotherProcess(Scene& scene) {
  Peer peer(scene, kSlow, Record);
  const auto [cuda, event] = Opened(scene, peer);
  peer.Connection().Send('g');
  peer.Connection().Receive<char>();
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_ERROR_NOT_READY);
  const double seconds = SecondsOf([&, &waiter = cuda, &waited = event] {
    CHECK_EQUAL(waiter.cuStreamWaitEvent(nullptr, waited, 0), CUDA_SUCCESS);
    CHECK_EQUAL(waiter.cuStreamSynchronize(nullptr), CUDA_SUCCESS);
  });
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_SUCCESS);
  CHECK(seconds > 0.03 && seconds < 0.5);
}

void SynchronizingWaitsToo(Scene& scene) {
  Peer peer(scene, kSlow, Record);
  const auto [cuda, event] = Opened(scene, peer);
  peer.Connection().Send('g');
  peer.Connection().Receive<char>();
  CHECK_EQUAL(cuda.cuEventSynchronize(event), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_SUCCESS);
}

void WhatWasNotRecordedIsNotWaitedFor(Scene& scene) {
  Peer peer(scene, kSlow, Record);
  const auto [cuda, event] = Opened(scene, peer);
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamWaitEvent(nullptr, event, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamSynchronize(nullptr), CUDA_SUCCESS);
}

void TheDeadAreNotWaitedFor(Scene& scene) {
  Peer peer(scene, kSlow, Record);
  const auto [cuda, event] = Opened(scene, peer);
  peer.Connection().Send('g');
  peer.Connection().Receive<char>();
  CHECK_EQUAL(cuda.cuStreamWaitEvent(nullptr, event, 0), CUDA_SUCCESS);
  peer.Kill();
  CHECK_EQUAL(cuda.cuStreamSynchronize(nullptr), CUDA_SUCCESS);
}

/// Waits for what the importer records.
void WaitForImporter(const Cuda& cuda, const Channel& channel) {
  const CUevent event = Created(cuda, kShared);
  channel.Send(HandleOf(cuda, event));
  channel.Receive<char>();
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_ERROR_NOT_READY);
  CHECK_EQUAL(cuda.cuStreamWaitEvent(nullptr, event, 0), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuEventQuery(event), CUDA_SUCCESS);
}

void TheImporterRecordsToo(Scene& scene) {
  Peer peer(scene, kSlow, WaitForImporter);
  const auto [cuda, event] = Opened(scene, peer);
  Work(cuda);
  CHECK_EQUAL(cuda.cuEventRecord(event, nullptr), CUDA_SUCCESS);
  peer.Connection().Send('g');
  peer.Finish();
}

void OnlySharedEventsAreExported(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUipcEventHandle handle{};
  CUevent event = nullptr;
  CHECK_EQUAL(cuda.cuEventCreate(&event, CU_EVENT_INTERPROCESS), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcGetEventHandle(&handle, Created(cuda, CU_EVENT_DISABLE_TIMING)),
              CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcGetEventHandle(nullptr, Created(cuda, kShared)), CUDA_ERROR_INVALID_VALUE);
  CHECK_EQUAL(cuda.cuIpcGetEventHandle(&handle, nullptr), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuIpcOpenEventHandle(&event, handle), CUDA_ERROR_INVALID_HANDLE);
}

void NobodyOpensItsOwn(Scene& scene) {
  const Cuda cuda = scene.StartCuda("");
  CUevent event = Created(cuda, kShared);
  CHECK_EQUAL(cuda.cuIpcOpenEventHandle(&event, HandleOf(cuda, event)), CUDA_ERROR_INVALID_CONTEXT);
}

void ADestroyedEventIsNotOpened(Scene& scene) {
  Peer peer(scene, "", [](const Cuda& cuda, const Channel& channel) {
    const CUevent event = Created(cuda, kShared);
    const CUipcEventHandle handle = HandleOf(cuda, event);
    CHECK_EQUAL(cuda.cuEventDestroy_v2(event), CUDA_SUCCESS);
    channel.Send(handle);
    channel.Receive<char>();
  });
  const auto handle = peer.Connection().Receive<CUipcEventHandle>();
  CUevent event = nullptr;
  CHECK_EQUAL(scene.StartCuda("").cuIpcOpenEventHandle(&event, handle), CUDA_ERROR_INVALID_HANDLE);
}

void AProfileMayLackThem(Scene& scene) {
  const Cuda cuda = scene.StartCuda("ipc_events = false");
  int has = -1;
  CUevent event = nullptr;
  CHECK_EQUAL(cuda.cuDeviceGetAttribute(&has, CU_DEVICE_ATTRIBUTE_IPC_EVENT_SUPPORTED, 0),
              CUDA_SUCCESS);
  CHECK_EQUAL(has, 0);
  CHECK_EQUAL(cuda.cuEventCreate(&event, kShared), CUDA_ERROR_NOT_SUPPORTED);
  CHECK_EQUAL(cuda.cuEventCreate(&event, CU_EVENT_DISABLE_TIMING), CUDA_SUCCESS);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"a stream waits for what another process recorded", AStreamWaitsForAnotherProcess},
          {"so does a program", SynchronizingWaitsToo},
          {"nobody waits for what was not recorded", WhatWasNotRecordedIsNotWaitedFor},
          {"nobody waits for the dead", TheDeadAreNotWaitedFor},
          {"who opened an event may record it", TheImporterRecordsToo},
          {"only interprocess events without timing are exported", OnlySharedEventsAreExported},
          {"a process does not open its own event", NobodyOpensItsOwn},
          {"an event that was destroyed is not opened", ADestroyedEventIsNotOpened},
          {"a profile may lack them", AProfileMayLackThem},
      });
}
