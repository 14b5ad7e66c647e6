// A device as NVML shows it, again and again, while others come and go on it.
#pragma once

#include <sys/types.h>

#include <optional>

#include "common/cancellation.h"
#include "common/clock.h"
#include "common/gpu_memory.h"
#include "common/process_list.h"

class GpuView {
 public:
  GpuView() : session_(nvml_) {}

  std::optional<Failure> Load(const char* libnvidia_ml) { return nvml_.Load(libnvidia_ml); }
  /// Opens NVML, which wakes the device, and finds the one with this UUID.
  std::optional<Failure> Open(const char* uuid);
  [[nodiscard]] bool IsOpen() const { return device_ != nullptr; }

  /// Reads everything again.
  std::optional<Failure> Refresh();
  /// Does so until `figure`, a function of what was read, has been the same for 20 ms, or for a
  /// second. What gives std::nullopt is not there yet.
  template <typename Figure>
  std::optional<Failure> Settle(Figure figure);

  [[nodiscard]] const MemoryFacts& Memory() const { return memory_; }
  [[nodiscard]] bool Lists(pid_t pid) const { return Find(pid) != nullptr; }
  /// What a process holds; absent where it is not listed, or its bytes are not told.
  [[nodiscard]] std::optional<double> BytesOf(pid_t pid) const;
  /// What all those hold together for which `counts` says so.
  template <typename Counts>
  [[nodiscard]] double SumOf(Counts counts) const;

 private:
  [[nodiscard]] const ListedProcess* Find(pid_t pid) const {
    return processes_.Find(static_cast<unsigned>(pid));
  }

  Nvml nvml_;
  NvmlSession session_;
  nvmlDevice_t device_ = nullptr;
  MemoryFacts memory_;
  ProcessList processes_;
};

/// Between two readings of a device.
constexpr Nanoseconds kBetweenReadings = 5 * kMillisecond;

template <typename Figure>
std::optional<Failure> GpuView::Settle(Figure figure) {
  constexpr Nanoseconds kUnchanged = 20 * kMillisecond;
  constexpr Nanoseconds kLongest = kSecond;
  const Nanoseconds began = ReadClock();
  Nanoseconds since = began;
  std::optional<double> last;
  while (true) {
    if (auto failure = Refresh()) return failure;
    const Nanoseconds now = ReadClock();
    const std::optional<double> read = figure();
    if (!read || read != last) since = now;
    last = read;
    if (now - since >= kUnchanged || now - began >= kLongest) return std::nullopt;
    Rest(kBetweenReadings);
    if (Cancelled()) return Cancellation();
  }
}

template <typename Counts>
double GpuView::SumOf(Counts counts) const {
  double sum = 0;
  for (const ListedProcess& process : processes_) {
    if (process.bytes && counts(static_cast<pid_t>(process.pid)))
      sum += static_cast<double>(*process.bytes);
  }
  return sum;
}
