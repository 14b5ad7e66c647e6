// Whether memory of another process is slower to copy from: 16 queued copies from imported memory,
// and as many from the process's own, in turn, each row between two events of the importer. What
// cuda_ipc calls `copy` is compared with these. Prints a line of JSON.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "common/options.h"
#include "common/uuid.h"
#include "transfer/peer.h"
#include "transfer/transfer_session.h"

namespace {

constexpr char kUsage[] = "imported_copies --device=GPU-uuid [--bytes=N] [--libcuda=FILE]";
constexpr int kCopies = 16;
constexpr int kWarmUps = 2;
constexpr int kRounds = 15;

/// A context on the GPU.
struct Place {
  explicit Place(const char* uuid, const char* libcuda)
      : request{uuid, false}, file(libcuda), session(driver) {}

  std::optional<Failure> Open() {
    if (auto failure = driver.Load(file)) return failure;
    if (auto failure = driver.cuda.cuInit(0)) return failure;
    return session.Open(request);
  }

  GpuRequest request;
  const char* file;
  TransferDriver driver;
  TransferSession session;
};

/// Exports memory, and has it until the other hangs up.
std::optional<Failure> Export(Channel& channel, Place& place, std::size_t bytes) {
  Message message;
  CUdeviceptr memory = 0;
  CUipcMemHandle handle{};
  if (auto failure = place.Open()) return failure;
  if (auto failure = place.driver.cuda.cuMemAlloc_v2(&memory, bytes)) return failure;
  if (auto failure = place.driver.cuIpcGetMemHandle(&handle, memory)) return failure;
  std::memcpy(message.handle, &handle, sizeof handle);
  if (auto failure = channel.Send(message)) return failure;
  (void)channel.Receive(message);
  return std::nullopt;
}

struct Copy {
  CUdeviceptr destination;
  CUdeviceptr source;
  std::size_t bytes;
};

/// The seconds of one copy, of a row of them.
std::optional<Failure> TimeRow(const Place& place, const Copy& copy, double& seconds) {
  const TransferDriver& driver = place.driver;
  CUstream stream = place.session.Stream();
  float milliseconds = 0;
  CUevent began = nullptr;
  CUevent ended = nullptr;
  if (auto failure = driver.cuEventCreate(&began, 0)) return failure;
  if (auto failure = driver.cuEventCreate(&ended, 0)) return failure;
  if (auto failure = driver.cuEventRecord(began, stream)) return failure;
  for (int at = 0; at < kCopies; ++at) {
    if (auto failure =
            driver.cuMemcpyDtoDAsync_v2(copy.destination, copy.source, copy.bytes, stream))
      return failure;
  }
  if (auto failure = driver.cuEventRecord(ended, stream)) return failure;
  if (auto failure = driver.cuEventSynchronize(ended)) return failure;
  if (auto failure = driver.cuEventElapsedTime(&milliseconds, began, ended)) return failure;
  seconds = milliseconds / 1e3 / kCopies;
  if (auto failure = driver.cuEventDestroy_v2(began)) return failure;
  return driver.cuEventDestroy_v2(ended);
}

double Median(double (&values)[kRounds]) {
  std::sort(values, values + kRounds);
  return values[kRounds / 2];
}

/// The order within a round changes from one to the next.
std::optional<Failure> Compare(const Place& place, const Copy& local, const Copy& imported) {
  double own[kRounds];
  double others[kRounds];
  for (int round = -kWarmUps; round < kRounds; ++round) {
    const int at = std::max(round, 0);
    for (const bool first : {true, false}) {
      const bool is_local = first == (round % 2 == 0);
      const Copy& copy = is_local ? local : imported;
      if (auto failure = TimeRow(place, copy, is_local ? own[at] : others[at])) return failure;
    }
  }
  const double median = Median(own);
  const double imported_median = Median(others);
  const auto bytes = static_cast<double>(local.bytes);
  (void)std::printf(
      "{\"copies\":\"on_device\",\"bytes\":%zu,\"local_bytes_per_second\":%.0f,"
      "\"imported_bytes_per_second\":%.0f,\"ratio\":%.4f}\n",
      local.bytes, bytes / median, bytes / imported_median, median / imported_median);
  return std::nullopt;
}

std::optional<Failure> Measure(Place& place, std::size_t bytes) {
  Peer exporter;
  Message message;
  CUipcMemHandle handle{};
  Copy local{0, 0, bytes};
  CUdeviceptr imported = 0;
  if (auto failure = exporter.Start([&](Channel& link) { return Export(link, place, bytes); }))
    return failure;
  if (auto failure = place.Open()) return failure;
  if (auto failure = place.driver.cuda.cuMemAlloc_v2(&local.source, bytes)) return failure;
  if (auto failure = place.driver.cuda.cuMemAlloc_v2(&local.destination, bytes)) return failure;
  if (auto failure = exporter.Receive(message)) return failure;
  std::memcpy(&handle, message.handle, sizeof handle);
  if (auto failure =
          place.driver.cuIpcOpenMemHandle_v2(&imported, handle, CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS))
    return failure;
  if (auto failure = Compare(place, local, {local.destination, imported, bytes})) return failure;
  return place.driver.cuIpcCloseMemHandle(imported);
}

}  // namespace

int main(int argc, char** argv) {
  Options options(argc, argv);
  const char* const device = options.Text("device", "");
  const char* const libcuda = options.Text("libcuda", "libcuda.so.1");
  const long long bytes = options.Integer("bytes", 256LL << 20U, 1, 1LL << 32U);
  options.Expect(IsUuid(device), "device", "GPU- and a UUID in lower case");
  if (!options.Complete(kUsage)) return kUsageExit;
  Place place(device, libcuda);
  const std::optional<Failure> failure = Measure(place, static_cast<std::size_t>(bytes));
  if (failure)
    (void)std::fprintf(stderr, "imported_copies: %s: %s\n", failure->reason, failure->message);
  return failure ? 1 : 0;
}
