// cold_start, runtime driver: what a function waits for before its first kernel has run.
#include "common/device_choice.h"
#include "common/driver.h"
#include "common/gpu_session.h"
#include "common/options.h"
#include "common/probe.h"

namespace {

constexpr char kUsage[] =
    "cold_start --device=GPU-uuid|--devices=GPU-uuid,... [--bytes=N] [--mps=true|false] "
    "[--libcuda=FILE] [--driver=true|false]";
constexpr long long kDefaultBytes = 2LL << 20U;
constexpr long long kMostBytes = 1LL << 40U;

struct ColdStart {
  GpuRequest gpu;
  long long bytes;
  const char* libcuda;
  bool driver;  // without, the frame alone is gone through: what this host takes for it
};

ColdStart ReadColdStart(Options& options) {
  ColdStart wanted{};
  wanted.gpu.uuid = ChooseDevice(options);
  wanted.gpu.mps = options.Boolean("mps", false);
  wanted.bytes = options.Integer("bytes", kDefaultBytes, 4, kMostBytes);
  wanted.libcuda = options.Text("libcuda", "libcuda.so.1");
  wanted.driver = options.Boolean("driver", true);
  options.Expect(wanted.bytes % 4 == 0, "bytes", "a multiple of 4");
  return wanted;
}

/// The phases of a start, each of which does its work or, without the driver, nothing.
class Start {
 public:
  Start(Probe& probe, bool driver) : probe_(probe), driver_(driver) {}

  template <typename Work>
  void Phase(const char* phase, Work work) {
    probe_.Phase(phase,
                 [&]() -> std::optional<Failure> { return driver_ ? work() : std::nullopt; });
  }
  template <typename Work>
  void Untimed(const char* phase, Work work) {
    if (driver_) probe_.Untimed(phase, work);
  }

 private:
  Probe& probe_;
  bool driver_;
};

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
  Start start(probe, wanted.driver);
  start.Phase("load_driver", [&] { return cuda.Load(wanted.libcuda); });
  start.Phase("init", [&] { return cuda.cuInit(0); });
  start.Phase("context", [&] { return session.Open(wanted.gpu); });
  start.Phase("allocate", [&] { return session.Allocate(bytes); });
  start.Phase("load_module", [&] { return session.LoadModule(); });
  start.Phase("first_kernel", [&] { return session.Fill(seed); });
  start.Untimed("first_kernel", [&] { return session.Verify(seed); });
  start.Untimed("first_kernel", [&]() -> std::optional<Failure> {
    Describe(probe, cuda, wanted);
    return std::nullopt;
  });
  start.Phase("release", [&] { return session.Release(); });
  // No context was open, whatever its phase says.
  if (!wanted.driver) probe.Sample("gpu_seconds", 0);
  return probe.Finish();
}
