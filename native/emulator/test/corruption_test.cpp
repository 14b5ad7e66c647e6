#include <algorithm>
#include <string>
#include <vector>

#include "emulator/test/check.h"

namespace emulator::test {
namespace {

constexpr std::size_t kBytes = 10000;
using Bytes = std::vector<unsigned char>;

/// Two allocations, both full of 1.
struct Bench {
  Cuda cuda;
  CUdeviceptr one = 0;
  CUdeviceptr two = 0;
};

Bench Prepared(Scene& scene, const std::string& configuration) {
  Bench bench{scene.StartCuda(configuration)};
  for (CUdeviceptr* memory : {&bench.one, &bench.two}) {
    CHECK_EQUAL(bench.cuda.cuMemAlloc_v2(memory, kBytes), CUDA_SUCCESS);
    CHECK_EQUAL(bench.cuda.cuMemsetD8_v2(*memory, 1, kBytes), CUDA_SUCCESS);
  }
  return bench;
}

std::size_t Wrong(const Bytes& bytes) {
  return kBytes - static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), 1));
}

Bytes CopiedBack(const Bench& bench, CUdeviceptr memory) {
  Bytes bytes(kBytes);
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoH_v2(bytes.data(), memory, kBytes), CUDA_SUCCESS);
  return bytes;
}

void OneBitOfTheNthIsWrong(Scene& scene) {
  const Bench bench = Prepared(scene, "fault = call=cuMemcpyDtoH_v2 nth=2 corrupt=true");
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.one)), std::size_t{0});
  const Bytes spoilt = CopiedBack(bench, bench.one);
  CHECK_EQUAL(Wrong(spoilt), std::size_t{1});
  CHECK_EQUAL(static_cast<int>(spoilt[kBytes / 2]), 0);
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.one)), std::size_t{0});
}

void TheSourceStaysRight(Scene& scene) {
  const Bench bench = Prepared(scene, "fault = call=cuMemcpyDtoDAsync_v2 corrupt=true");
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoDAsync_v2(bench.two, bench.one, kBytes, nullptr), CUDA_SUCCESS);
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.one)), std::size_t{0});
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.two)), std::size_t{1});
}

void CopiesThereAreSpoiltToo(Scene& scene) {
  const Bench bench = Prepared(scene, "fault = call=cuMemcpyHtoD_v2 corrupt=true");
  const Bytes host(kBytes, 1);
  CHECK_EQUAL(bench.cuda.cuMemcpyHtoD_v2(bench.one, host.data(), kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.one)), std::size_t{1});
}

void OtherCopiesAreRight(Scene& scene) {
  const Bench bench = Prepared(scene, "fault = call=cuMemcpyHtoD_v2 corrupt=true");
  CHECK_EQUAL(bench.cuda.cuMemcpyDtoD_v2(bench.two, bench.one, kBytes), CUDA_SUCCESS);
  CHECK_EQUAL(Wrong(CopiedBack(bench, bench.two)), std::size_t{0});
}

void OnlyCopiesAreSpoilt(Scene& scene) {
  scene.Arm("fault = call=cuMemAlloc_v2 corrupt=true");
  SendErrorsTo(scene.Directory() + "/errors");
  CHECK_EQUAL(scene.LoadCuda().cuInit(0), CUDA_ERROR_STUB_LIBRARY);
  const std::string errors = ReadFile(scene.Directory() + "/errors");
  CHECK(errors.find("fault corrupts what is no copy") != std::string::npos);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(argc, argv,
                  {
                      {"one bit of the nth copy is wrong", OneBitOfTheNthIsWrong},
                      {"what a copy reads stays right", TheSourceStaysRight},
                      {"copies to the device are spoilt, too", CopiesThereAreSpoiltToo},
                      {"a copy of another name is right", OtherCopiesAreRight},
                      {"what is no copy is refused", OnlyCopiesAreSpoilt},
                  });
}
