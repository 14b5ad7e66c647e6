#include "emulator/engine/host/host_links.h"

#include <array>
#include <atomic>

#include "emulator/engine/settings/settings.h"

namespace emulator {
namespace {

/// When a direction is free, in seconds after boot.
using FreeAt = std::atomic<double>;
static_assert(FreeAt::is_always_lock_free);

using Links = std::array<std::array<FreeAt, 2>, kMaxGpus>;

// Later than anything that is entered: from before the host was booted.
constexpr double kStale = 60;

double LaterOf(double start, double free_at) {
  return free_at > start && free_at - start < kStale ? free_at : start;
}

}  // namespace

std::optional<HostLinks> HostLinks::Open(const std::string& directory) {
  auto memory = SharedMemory::Open(directory + "/links", sizeof(Links));
  if (!memory) return std::nullopt;
  return HostLinks(*std::move(memory));
}

Instant HostLinks::Enter(const Transfer& transfer, Instant start) {
  auto& link = static_cast<Links*>(memory_.Data())->at(transfer.gpu);
  const auto direction = static_cast<std::size_t>(transfer.direction);
  FreeAt& own = link.at(direction);
  const FreeAt& other = link.at(1 - direction);
  const double asked = start.time_since_epoch().count();
  for (double free_at = own;;) {
    const double begin = LaterOf(asked, free_at);
    const bool meets = LaterOf(begin, other) > begin;
    const double end = begin + (meets ? transfer.both_ways : transfer.alone).count();
    if (own.compare_exchange_weak(free_at, end)) return Instant(Seconds(end));
  }
}

}  // namespace emulator
