// cold_start, runtime driver: what a function waits for before its first kernel has run.
#include "common/driver.h"
#include "common/gpu_session.h"
#include "common/options.h"
#include "common/probe.h"
#include "common/uuid.h"

namespace {

constexpr char kUsage[] =
    "cold_start --device=GPU-uuid [--bytes=N] [--mps=true|false] [--libcuda=FILE]";
constexpr long long kDefaultBytes = 2LL << 20U;
constexpr long long kMostBytes = 1LL << 40U;

struct ColdStart {
  GpuRequest gpu;
  long long bytes;
  const char* libcuda;
};

ColdStart ReadColdStart(Options& options) {
  ColdStart wanted{};
  wanted.gpu.uuid = options.Text("device", "");
  wanted.gpu.mps = options.Boolean("mps", false);
  wanted.bytes = options.Integer("bytes", kDefaultBytes, 4, kMostBytes);
  wanted.libcuda = options.Text("libcuda", "libcuda.so.1");
  options.Expect(IsUuid(wanted.gpu.uuid), "device", "GPU- and a UUID in lower case");
  options.Expect(wanted.bytes % 4 == 0, "bytes", "a multiple of 4");
  return wanted;
}

/// What the figures depend on, asked only when they have been taken.
void Describe(Probe& probe, const Driver& cuda, const ColdStart& wanted) {
  int version = 0;
  CUmoduleLoadingMode mode{};
  if (cuda.cuDriverGetVersion.Raw(&version) == CUDA_SUCCESS)
    probe.Sample("cuda_driver_version", version);
  if (cuda.cuModuleGetLoadingMode && cuda.cuModuleGetLoadingMode.Raw(&mode) == CUDA_SUCCESS) {
    const char* const name = mode == CU_MODULE_LAZY_LOADING ? "lazy" : "eager";
    probe.Sample("module_loading", 1, {{"mode", name}});
  }
  probe.Sample("bytes", static_cast<double>(wanted.bytes));
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("cold_start");
  Options options(argc, argv);
  const ColdStart wanted = ReadColdStart(options);
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  Driver cuda;
  GpuSession session(cuda);
  const auto seed = static_cast<std::uint32_t>(ReadClock());
  const auto bytes = static_cast<std::size_t>(wanted.bytes);
  probe.Phase("load_driver", [&] { return cuda.Load(wanted.libcuda); });
  probe.Phase("init", [&] { return cuda.cuInit(0); });
  probe.Phase("context", [&] { return session.Open(wanted.gpu); });
  probe.Phase("allocate", [&] { return session.Allocate(bytes); });
  probe.Phase("load_module", [&] { return session.LoadModule(); });
  probe.Phase("first_kernel", [&] { return session.Fill(seed); });
  probe.Untimed("first_kernel", [&] { return session.Verify(seed); });
  probe.Untimed("first_kernel", [&]() -> std::optional<Failure> {
    Describe(probe, cuda, wanted);
    return std::nullopt;
  });
  probe.Phase("release", [&] { return session.Release(); });
  return probe.Finish();
}
