// What the GPU's link can do, without any probe: plain copies of one direction, timed with events
// as nvbandwidth times them, and both directions at once between two processes. What function_ipc
// reaches is compared with these. Prints a line of JSON for each.
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>

#include "bench/copy_ends.h"
#include "common/options.h"
#include "common/uuid.h"
#include "transfer/peer.h"

namespace {

constexpr char kUsage[] =
    "copies --device=GPU-uuid [--bytes=N] [--registered=true|false] [--libcuda=FILE]\n"
    "--registered: host memory of the system's, registered with the driver, not the driver's own.";
constexpr int kWarmUps = 4;
constexpr int kSamples = 17;
constexpr int kCopies = 32;

const char* NameOf(Direction direction) {
  return direction == Direction::kDeviceToHost ? "device_to_host" : "host_to_device";
}

/// The seconds of one copy, between two events.
std::optional<Failure> TimeCopy(const CopyEnds& ends, Direction direction, double& seconds) {
  const TransferDriver& driver = ends.driver;
  float milliseconds = 0;
  CUevent began = nullptr;
  CUevent ended = nullptr;
  if (auto failure = driver.cuEventCreate(&began, 0)) return failure;
  if (auto failure = driver.cuEventCreate(&ended, 0)) return failure;
  if (auto failure = driver.cuEventRecord(began, ends.session.Stream())) return failure;
  if (auto failure = ends.Enqueue(direction)) return failure;
  if (auto failure = driver.cuEventRecord(ended, ends.session.Stream())) return failure;
  if (auto failure = driver.cuEventSynchronize(ended)) return failure;
  if (auto failure = driver.cuEventElapsedTime(&milliseconds, began, ended)) return failure;
  if (auto failure = driver.cuEventDestroy_v2(began)) return failure;
  seconds = milliseconds / 1e3;
  return driver.cuEventDestroy_v2(ended);
}

std::optional<Failure> MeasureAlone(const CopyEnds& ends, Direction direction) {
  double seconds[kSamples];
  for (int at = -kWarmUps; at < kSamples; ++at)
    if (auto failure = TimeCopy(ends, direction, seconds[std::max(at, 0)])) return failure;
  std::sort(seconds, seconds + kSamples);
  const auto bytes = static_cast<double>(ends.bytes);
  (void)std::printf(
      "{\"copies\":\"%s\",\"bytes\":%zu,\"median_seconds\":%.9f,\"median_bytes_per_second\":%.0f,"
      "\"best_bytes_per_second\":%.0f}\n",
      NameOf(direction), ends.bytes, seconds[kSamples / 2], bytes / seconds[kSamples / 2],
      bytes / seconds[0]);
  return std::nullopt;
}

/// When each of a row of copies was done; the first number is when the row began.
struct Row {
  Nanoseconds at[kCopies + 1];
};

/// Enqueues a copy, and an event behind it.
std::optional<Failure> Enqueue(const CopyEnds& ends, Direction direction, CUevent event) {
  if (auto failure = ends.Enqueue(direction)) return failure;
  return ends.driver.cuEventRecord(event, ends.session.Stream());
}

/// Two copies are queued at any time, so that the link has no pause.
std::optional<Failure> MeasureRow(const CopyEnds& ends, Direction direction, Row& row) {
  CUevent events[2];
  for (CUevent& event : events)
    if (auto failure = ends.driver.cuEventCreate(&event, CU_EVENT_DISABLE_TIMING)) return failure;
  row.at[0] = ReadClock();
  if (auto failure = Enqueue(ends, direction, events[0])) return failure;
  for (int copy = 1; copy <= kCopies; ++copy) {
    if (auto failure = Enqueue(ends, direction, events[copy % 2])) return failure;
    if (auto failure = ends.driver.cuEventSynchronize(events[(copy - 1) % 2])) return failure;
    row.at[copy] = ReadClock();
  }
  return ends.session.Wait();
}

/// How many copies of a row were done by then, parts of one included.
double DoneBy(const Row& row, Nanoseconds time) {
  int done = 0;
  while (done < kCopies && row.at[done + 1] <= time) ++done;
  if (done == kCopies) return done;
  const auto part = static_cast<double>(time - row.at[done]);
  return done + part / static_cast<double>(row.at[done + 1] - row.at[done]);
}

/// Bytes per second while both rows were under way.
double RateOf(const Row& row, const Row& other, std::size_t bytes) {
  const Nanoseconds began = std::max(row.at[0], other.at[0]);
  const Nanoseconds ended = std::min(row.at[kCopies], other.at[kCopies]);
  const double copies = DoneBy(row, ended) - DoneBy(row, began);
  return copies * static_cast<double>(bytes) * 1e9 / static_cast<double>(ended - began);
}

std::optional<Failure> Consume(Channel& channel, CopyEnds& ends, Row& shared) {
  Message message;
  if (auto failure = ends.Open()) return failure;
  for (int copy = 0; copy < kWarmUps; ++copy)
    if (auto failure = ends.Enqueue(Direction::kHostToDevice)) return failure;
  if (auto failure = ends.session.Wait()) return failure;
  if (auto failure = channel.Send(message)) return failure;
  if (auto failure = channel.Receive(message)) return failure;
  if (auto failure = MeasureRow(ends, Direction::kHostToDevice, shared)) return failure;
  return channel.Send(message);
}

std::optional<Failure> MeasureBoth(CopyEnds& ends, Peer& consumer, const Row& theirs) {
  Message message;
  Row ours{};
  if (auto failure = consumer.Send(message)) return failure;
  if (auto failure = MeasureRow(ends, Direction::kDeviceToHost, ours)) return failure;
  if (auto failure = consumer.Receive(message)) return failure;
  (void)std::printf(
      "{\"copies\":\"both_directions\",\"bytes\":%zu,\"device_to_host_bytes_per_second\":%.0f,"
      "\"host_to_device_bytes_per_second\":%.0f}\n",
      ends.bytes, RateOf(ours, theirs, ends.bytes), RateOf(theirs, ours, ends.bytes));
  return std::nullopt;
}

std::optional<Failure> Measure(CopyEnds& ends) {
  void* const shared =
      mmap(nullptr, sizeof(Row), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto& row = *static_cast<Row*>(shared);
  Peer consumer;
  Message message;
  if (auto failure = consumer.Start([&](Channel& link) { return Consume(link, ends, row); }))
    return failure;
  if (auto failure = ends.Open()) return failure;
  if (auto failure = consumer.Receive(message)) return failure;
  if (auto failure = MeasureAlone(ends, Direction::kDeviceToHost)) return failure;
  if (auto failure = MeasureAlone(ends, Direction::kHostToDevice)) return failure;
  return MeasureBoth(ends, consumer, row);
}

}  // namespace

int main(int argc, char** argv) {
  Options options(argc, argv);
  const char* const device = options.Text("device", "");
  const char* const libcuda = options.Text("libcuda", "libcuda.so.1");
  const long long bytes = options.Integer("bytes", 512LL << 20U, 1, 1LL << 32U);
  const bool registered = options.Boolean("registered", false);
  options.Expect(IsUuid(device), "device", "GPU- and a UUID in lower case");
  if (!options.Complete(kUsage)) return kUsageExit;
  CopyEnds ends({device, libcuda, static_cast<std::size_t>(bytes), registered});
  const std::optional<Failure> failure = Measure(ends);
  if (failure) (void)std::fprintf(stderr, "copies: %s: %s\n", failure->reason, failure->message);
  return failure ? 1 : 0;
}
