#include <string>
#include <vector>

#include "emulator/engine/timing/clock.h"
#include "emulator/test/peer.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = 10000;

// Alone a pinned copy takes 100 ms, and 200 ms while another goes the other way.
constexpr const char* kRates =
    "time_scale = 1\ninit_seconds = 0\ncontext_seconds = 0\ncopy_seconds = 0\n"
    "pinned_to_device_bytes_per_second = 1e5\ndevice_to_pinned_bytes_per_second = 1e5\n"
    "pageable_to_device_bytes_per_second = 1e5\nboth_ways_bytes_per_second = 5e4\ngpus = 2";

struct Bench {
  Cuda cuda;
  CUstream stream = nullptr;
  CUdeviceptr memory = 0;
  void* host = nullptr;
};

Bench Prepared(const Cuda& cuda) {
  Bench bench{cuda};
  CHECK_EQUAL(cuda.cuStreamCreate(&bench.stream, CU_STREAM_NON_BLOCKING), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemAlloc_v2(&bench.memory, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuMemHostAlloc(&bench.host, kBytes, 0), CUDA_SUCCESS);
  return bench;
}

void StartUp(const Bench& bench) {
  CHECK_EQUAL(bench.cuda.cuMemcpyHtoDAsync_v2(bench.memory, bench.host, kBytes, bench.stream),
              CUDA_SUCCESS);
}

void StartDown(const Bench& bench) {
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoHAsync_v2(bench.host, bench.memory, kBytes, bench.stream),
              CUDA_SUCCESS);
}

double SecondsOfDown(const Bench& bench) {
  return SecondsOf([&] {
    StartDown(bench);
    CHECK_EQUAL(bench.cuda.cuStreamSynchronize(bench.stream), CUDA_SUCCESS);
  });
}

/// A process that has begun the first of three copies on the first GPU.
Peer::Body Copying(void (*start)(const Bench&)) {
  return [start](const Cuda& cuda, const Channel& channel) {
    const Bench bench = Prepared(cuda);
    channel.Send('p');
    channel.Receive<char>();
    const Instant begun = Now();
    for (int i = 0; i < 3; ++i) start(bench);
    channel.Send(begun);
    channel.Receive<char>();
  };
}

/// How long a copy back took, begun just after the peer's first, and when it ended after that one
/// had begun.
struct Beside {
  double seconds;
  double end;
};

Beside CopiedBeside(Scene& scene, void (*start)(const Bench&), int device = 0) {
  const Peer peer(scene, kRates, Copying(start));
  peer.Connection().Receive<char>();
  const Cuda cuda = scene.StartCuda(kRates);
  CUcontext context = nullptr;
  CHECK_EQUAL(cuda.cuDevicePrimaryCtxRetain(&context, device), CUDA_SUCCESS);
  CHECK_EQUAL(cuda.cuCtxSetCurrent(context), CUDA_SUCCESS);
  const Bench bench = Prepared(cuda);
  peer.Connection().Send('g');
  const auto begun = peer.Connection().Receive<Instant>();
  const double seconds = SecondsOfDown(bench);
  return {seconds, (Now() - begun).count()};
}

void AloneItIsFast(Scene& scene) {
  const double seconds = SecondsOfDown(Prepared(scene.StartCuda(kRates)));
  CHECK(seconds >= 0.1 && seconds < 0.19);
}

void TheOtherDirectionSlows(Scene& scene) {
  CHECK(CopiedBeside(scene, StartUp).seconds >= 0.2);
}

void TheSameDirectionWaits(Scene& scene) {
  CHECK(CopiedBeside(scene, StartDown).end >= 0.2);
}

void AnotherGpuHasAnotherLink(Scene& scene) {
  const double seconds = CopiedBeside(scene, StartUp, 1).seconds;
  CHECK(seconds >= 0.1 && seconds < 0.19);
}

void PageableMemoryIsNotTheLinks(Scene& scene) {
  const Bench bench = Prepared(scene.StartCuda(kRates));
  const std::vector<char> pageable(kBytes);
  StartDown(bench);
  const double seconds = SecondsOf(
      [&] { bench.cuda.cuMemcpyHtoDAsync_v2(bench.memory, pageable.data(), kBytes, nullptr); });
  CHECK(seconds >= 0.1 && seconds < 0.19);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"a copy alone has the link's rate", AloneItIsFast},
          {"one that goes the other way, in another process, slows it", TheOtherDirectionSlows},
          {"one that goes the same way is waited for", TheSameDirectionWaits},
          {"one of another GPU is not", AnotherGpuHasAnotherLink},
          {"copies with pageable memory do not take the link", PageableMemoryIsNotTheLinks},
      });
}
