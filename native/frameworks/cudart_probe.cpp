// cold_start, runtime cudart: what a function of the CUDA runtime waits for before its first kernel
// has run. Built where nvcc is found, as build/probes/cold_start_cudart.
#include "common/options.h"
#include "common/probe.h"
#include "common/uuid.h"
#include "frameworks/cudart_calls.h"
#include "frameworks/cudart_session.h"

namespace {

constexpr char kUsage[] = "cold_start_cudart --device=GPU-uuid [--bytes=N] [--mps=true|false]";
constexpr long long kDefaultBytes = 2LL << 20U;
constexpr long long kMostBytes = 1LL << 40U;

std::optional<Failure> LoadKernel() {
  return CudartFailure("cudaFuncGetAttributes", CudartLoadKernel());
}

}  // namespace

int main(int argc, char** argv) {
  Probe probe("cold_start");
  Options options(argc, argv);
  const GpuRequest gpu{options.Text("device", ""), options.Boolean("mps", false)};
  const long long bytes = options.Integer("bytes", kDefaultBytes, 4, kMostBytes);
  options.Expect(IsUuid(gpu.uuid), "device", "GPU- and a UUID in lower case");
  options.Expect(bytes % 4 == 0, "bytes", "a multiple of 4");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  CudartSession session;
  const auto seed = static_cast<std::uint32_t>(ReadClock());
  probe.Phase("init", [&] { return session.CountDevices(); });
  probe.Untimed("init", [&] { return session.Find(gpu); });
  probe.Phase("context", [&] { return session.MakeContext(); });
  probe.Untimed("context", [&] { return session.CheckMps(gpu.mps); });
  probe.Phase("allocate", [&] { return session.Allocate(static_cast<std::size_t>(bytes)); });
  probe.Phase("load_module", LoadKernel);
  probe.Phase("first_kernel", [&] { return session.Fill(seed); });
  probe.Untimed("first_kernel", [&] { return session.Verify(seed); });
  probe.Sample("bytes", static_cast<double>(bytes));
  probe.Phase("release", [&] { return session.Release(); });
  return probe.Finish();
}
