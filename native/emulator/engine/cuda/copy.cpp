#include "emulator/engine/cuda/copy.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace emulator {
namespace {

// About what a core of a host copies. Where a host is faster or slower a copy is late or early by
// the difference; nothing else depends on it.
constexpr double kHostBytesPerSecond = 8e9;
constexpr std::size_t kPoisonStride = 4096;
constexpr std::size_t kPoisonBytes = 64;
constexpr int kPoison = 0xA5;

void Poison(char* data, std::size_t bytes) {
  for (std::size_t at = 0; at < bytes; at += kPoisonStride) {
    std::memset(data + at, kPoison, std::min(kPoisonBytes, bytes - at));
  }
}

Seconds At(const Emulator& emulator, Rate rate, std::size_t bytes) {
  return emulator.pacer.Scaled(static_cast<double>(bytes) / rate.bytes_per_second);
}

bool Overlap(const MemoryRange& one, const MemoryRange& other) {
  return one.allocation == other.allocation && one.offset < other.offset + other.bytes &&
         other.offset < one.offset + one.bytes;
}

struct Transfer {
  Rate rate;
  std::size_t bytes;
  std::function<void()> effect;
};

Work WorkOf(Emulator& emulator, Transfer transfer) {
  Work work;
  work.length = emulator.pacer.Draw(Latency::kCopy) + At(emulator, transfer.rate, transfer.bytes);
  const Seconds host{static_cast<double>(transfer.bytes) / kHostBytesPerSecond};
  work.effect_length = std::min(work.length, host);
  work.effect = std::move(transfer.effect);
  return work;
}

/// A direction of the link, and how fast it is alone.
struct Route {
  HostLinks::Direction direction;
  Rate rate;
};

/// Lets the work take the link, when the host's memory can keep up with it.
void TakeLink(Work& work, Emulator& emulator, const HostRange& host, Route route) {
  if (!host.pinned) return;
  const Profile& profile = emulator.settings.profile;
  const Seconds alone = At(emulator, route.rate, host.bytes);
  const Seconds both = At(emulator, profile.both_ways_bytes_per_second, host.bytes);
  const HostLinks::Transfer transfer{emulator.settings.GpuOf(host.gpu), route.direction, alone,
                                     std::max(alone, both)};
  const Seconds besides = work.length - alone;
  work.ends = [&links = emulator.links, transfer, besides](Instant start) {
    return links.Enter(transfer, start) + besides;
  };
}

template <typename Range>
Work WithSpoilt(Work work, const Range& range, char* (*data)(const Range&)) {
  work.effect = [effect = std::move(work.effect), range, data] {
    effect();
    if (range.bytes > 0) data(range)[range.bytes / 2] ^= 1;
  };
  return work;
}

}  // namespace

Work CopyToDevice(Emulator& emulator, const MemoryRange& destination, const HostRange& source,
                  Manner manner) {
  const Profile& profile = emulator.settings.profile;
  const Rate rate = source.pinned ? profile.pinned_to_device_bytes_per_second
                                  : profile.pageable_to_device_bytes_per_second;
  Work work = WorkOf(emulator, {rate, source.bytes, [destination, source] {
                                  std::memcpy(destination.Data(), source.data, source.bytes);
                                }});
  TakeLink(work, emulator, source, {HostLinks::Direction::kToDevice, rate});
  if (manner == Manner::kAsynchronous) {
    work.begin = [destination] { Poison(destination.Data(), destination.bytes); };
  }
  return work;
}

Work CopyToHost(Emulator& emulator, const HostRange& destination, const MemoryRange& source,
                Manner manner) {
  const Profile& profile = emulator.settings.profile;
  const Rate rate = destination.pinned ? profile.device_to_pinned_bytes_per_second
                                       : profile.device_to_pageable_bytes_per_second;
  Work work = WorkOf(emulator, {rate, source.bytes, [destination, source] {
                                  std::memcpy(destination.data, source.Data(), source.bytes);
                                }});
  TakeLink(work, emulator, destination, {HostLinks::Direction::kToHost, rate});
  if (manner == Manner::kAsynchronous) {
    work.begin = [destination] { Poison(destination.data, destination.bytes); };
  }
  return work;
}

Work CopyOnDevice(Emulator& emulator, const MemoryRange& destination, const MemoryRange& source,
                  Manner manner) {
  const Rate rate = emulator.settings.profile.device_to_device_bytes_per_second;
  Work work = WorkOf(emulator, {rate, source.bytes, [destination, source] {
                                  std::memmove(destination.Data(), source.Data(), source.bytes);
                                }});
  if (manner == Manner::kAsynchronous && !Overlap(destination, source)) {
    work.begin = [destination] { Poison(destination.Data(), destination.bytes); };
  }
  return work;
}

Work SetBytes(Emulator& emulator, const MemoryRange& destination, unsigned char value) {
  const Rate rate = emulator.settings.profile.device_to_device_bytes_per_second;
  return WorkOf(emulator, {rate, destination.bytes, [destination, value] {
                             std::memset(destination.Data(), value, destination.bytes);
                           }});
}

Work SetWords(Emulator& emulator, const MemoryRange& destination, std::uint32_t value) {
  const Rate rate = emulator.settings.profile.device_to_device_bytes_per_second;
  return WorkOf(emulator, {rate, destination.bytes, [destination, value] {
                             char* data = destination.Data();
                             for (std::size_t at = 0; at < destination.bytes; at += sizeof value) {
                               std::memcpy(data + at, &value, sizeof value);
                             }
                           }});
}

Work Spoilt(Work work, const HostRange& destination) {
  return WithSpoilt<HostRange>(std::move(work), destination,
                               [](const HostRange& range) { return range.data; });
}

Work Spoilt(Work work, const MemoryRange& destination) {
  return WithSpoilt<MemoryRange>(std::move(work), destination,
                                 [](const MemoryRange& range) { return range.Data(); });
}

Seconds DeviceSeconds(const Emulator& emulator, std::size_t bytes) {
  return At(emulator, emulator.settings.profile.device_to_device_bytes_per_second, bytes);
}

}  // namespace emulator
