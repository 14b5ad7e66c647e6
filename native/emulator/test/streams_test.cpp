#include <string>
#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = 4096;
constexpr unsigned int kNonBlocking = 1;
constexpr unsigned int kDisableTiming = 2;
constexpr const char* kSlow =
    "copy_seconds = 0.05\ncopy_noise_ratio = 0\ntime_scale = 1\ninit_seconds = 0\ncontext_seconds "
    "= 0";

/// A context with two pieces of device memory, pinned memory, two streams and two events.
struct Bench {
  Cuda cuda;
  CUdeviceptr device[2] = {};
  unsigned char* host = nullptr;
  CUstream streams[2] = {};
  CUevent events[2] = {};
};

Bench Prepared(Scene& scene, unsigned int stream_flags) {
  Bench bench{scene.StartCuda(kSlow)};
  void* host = nullptr;
  CHECK_EQUAL(bench.cuda.cuMemHostAlloc(&host, kBytes, 0), CUDA_SUCCESS);
  bench.host = static_cast<unsigned char*>(host);
  for (int i = 0; i < 2; ++i) {
    CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(&bench.device[i], kBytes), CUDA_SUCCESS);
    CHECK_EQUAL(bench.cuda.cuStreamCreate(&bench.streams[i], stream_flags), CUDA_SUCCESS);
    CHECK_EQUAL(bench.cuda.cuEventCreate(&bench.events[i], 0), CUDA_SUCCESS);
  }
  return bench;
}

/// 50 ms of work.
void Copy(const Bench& bench, int device, CUstream stream) {
  CHECK_EQUAL(bench.cuda.cuMemcpyHtoDAsync_v2(bench.device[device], bench.host, kBytes, stream),
              CUDA_SUCCESS);
}

void StreamsRunSideBySide(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  const double seconds = SecondsOf([&] {
    for (int i = 0; i < 8; ++i) Copy(bench, i % 2, bench.streams[i % 2]);
    CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  });
  CHECK(seconds >= 0.2 && seconds < 0.35);
}

void OneStreamRunsInOrder(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  const double seconds = SecondsOf([&] {
    Copy(bench, 0, bench.streams[0]);
    Copy(bench, 1, bench.streams[0]);
    CHECK_EQUAL(bench.cuda.cuStreamSynchronize(bench.streams[0]), CUDA_SUCCESS);
  });
  CHECK(seconds >= 0.1);
}

void TheDefaultStreamTakesTurns(Scene& scene) {
  const Bench bench = Prepared(scene, 0);
  const double seconds = SecondsOf([&] {
    Copy(bench, 0, bench.streams[0]);
    Copy(bench, 1, nullptr);
    Copy(bench, 0, bench.streams[1]);
    CHECK_EQUAL(bench.cuda.cuStreamSynchronize(bench.streams[1]), CUDA_SUCCESS);
  });
  CHECK(seconds >= 0.15);
}

void ASynchronizeWaitsForItsStreamOnly(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  Copy(bench, 0, bench.streams[0]);
  CHECK_EQUAL(bench.cuda.cuEventRecord(bench.events[0], bench.streams[0]), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuStreamSynchronize(bench.streams[1]), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventQuery(bench.events[0]), CUDA_ERROR_NOT_READY);
  CHECK_EQUAL(bench.cuda.cuCtxSynchronize(), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventQuery(bench.events[0]), CUDA_SUCCESS);
}

void EventsTellTheTimeBetween(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  const Cuda& cuda = bench.cuda;
  float milliseconds = 0;
  CHECK_EQUAL(cuda.cuEventElapsedTime(&milliseconds, bench.events[0], bench.events[1]),
              CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuEventRecord(bench.events[0], bench.streams[0]), CUDA_SUCCESS);
  Copy(bench, 0, bench.streams[0]);
  CHECK_EQUAL(cuda.cuEventRecord(bench.events[1], bench.streams[0]), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuEventElapsedTime(&milliseconds, bench.events[0], bench.events[1]),
              CUDA_ERROR_NOT_READY);
  CHECK_EQUAL(cuda.cuEventSynchronize(bench.events[1]), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuEventElapsedTime(&milliseconds, bench.events[0], bench.events[1]),
              CUDA_SUCCESS);
  CHECK(milliseconds >= 45 && milliseconds < 500);
}

void UntimedEventsHaveNoTime(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  CUevent untimed = nullptr;
  float milliseconds = 0;
  CHECK_EQUAL(bench.cuda.cuEventCreate(&untimed, kDisableTiming), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventRecord(untimed, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventSynchronize(untimed), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventElapsedTime(&milliseconds, untimed, untimed),
              CUDA_ERROR_INVALID_HANDLE);
  constexpr unsigned int kInterprocess = 4;
  CHECK_EQUAL(bench.cuda.cuEventCreate(&untimed, kInterprocess), CUDA_ERROR_INVALID_VALUE);
}

void AnEventNeverRecordedIsDone(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  CHECK_EQUAL(bench.cuda.cuEventQuery(bench.events[0]), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuEventSynchronize(bench.events[0]), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuStreamWaitEvent(bench.streams[0], bench.events[0], 0), CUDA_SUCCESS);
  CHECK_EQUAL(bench.cuda.cuStreamSynchronize(bench.streams[0]), CUDA_SUCCESS);
}

void AStreamWaitsForAnEvent(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  const Cuda& cuda = bench.cuda;
  const double seconds = SecondsOf([&] {
    Copy(bench, 0, bench.streams[0]);
    CHECK_EQUAL(cuda.cuEventRecord(bench.events[0], bench.streams[0]), CUDA_SUCCESS);
    CHECK_EQUAL(cuda.cuStreamWaitEvent(bench.streams[1], bench.events[0], 0), CUDA_SUCCESS);
    Copy(bench, 1, bench.streams[1]);
    CHECK_EQUAL(cuda.cuStreamSynchronize(bench.streams[1]), CUDA_SUCCESS);
  });
  CHECK(seconds >= 0.1);
}

void ADestroyedStreamFinishes(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  const Cuda& cuda = bench.cuda;
  bench.host[0] = 42;
  Copy(bench, 0, bench.streams[0]);
  CHECK_EQUAL(cuda.cuEventRecord(bench.events[0], bench.streams[0]), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamDestroy_v2(bench.streams[0]), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuStreamSynchronize(bench.streams[0]), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(cuda.cuEventSynchronize(bench.events[0]), CUDA_SUCCESS);
  unsigned char back = 0;
  CHECK_EQUAL(cuda.cuMemcpyDtoH_v2(&back, bench.device[0], 1), CUDA_SUCCESS);
  CHECK_EQUAL(back, 42);
  CHECK_EQUAL(cuda.cuEventDestroy_v2(bench.events[0]), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuEventQuery(bench.events[0]), CUDA_ERROR_INVALID_HANDLE);
}

void TheDefaultStreamStays(Scene& scene) {
  const Bench bench = Prepared(scene, kNonBlocking);
  CUstream stream = nullptr;
  constexpr unsigned int kNoFlag = 2;
  CHECK_EQUAL(bench.cuda.cuStreamDestroy_v2(nullptr), CUDA_ERROR_INVALID_HANDLE);
  CHECK_EQUAL(bench.cuda.cuStreamCreate(&stream, kNoFlag), CUDA_ERROR_INVALID_VALUE);
}

void AProcessMayEndAtAnyTime(Scene& scene) {
  Process child([&] {
    const Bench bench = Prepared(scene, kNonBlocking);
    for (int i = 0; i < 100; ++i) Copy(bench, 0, bench.streams[i % 2]);
    return 0;
  });
  CHECK_EQUAL(child.Wait(), 0);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"two streams run side by side", StreamsRunSideBySide},
          {"one stream runs in order", OneStreamRunsInOrder},
          {"the default stream and blocking ones take turns", TheDefaultStreamTakesTurns},
          {"synchronizing waits for one stream only", ASynchronizeWaitsForItsStreamOnly},
          {"two events tell the time between them, once done", EventsTellTheTimeBetween},
          {"an event without timing has no time", UntimedEventsHaveNoTime},
          {"an event that was never recorded is done", AnEventNeverRecordedIsDone},
          {"a stream waits for another's event", AStreamWaitsForAnEvent},
          {"a destroyed stream does what it was given", ADestroyedStreamFinishes},
          {"the default stream cannot be destroyed", TheDefaultStreamStays},
          {"a process may end with work under way", AProcessMayEndAtAnyTime},
      });
}
