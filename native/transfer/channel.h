// What two processes of one probe tell each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "common/clock.h"
#include "common/failure.h"

/// A message. Both processes are one image, of which one is a fork: so it is a plain struct, and
/// the texts that a Failure points to are at the same addresses in both.
struct Message {
  int verb = 0;                   // what it asks for or answers, of the probe's own
  std::uint64_t bytes = 0;        // the size in question
  std::uint32_t seed = 0;         // of the pattern in question
  std::uint64_t count = 0;        // of what was counted
  Nanoseconds stamps[8] = {};     // readings of the one clock
  unsigned char handle[64] = {};  // what the driver made for the other process
  bool failed = false;            // then `failure` says why, and nothing else counts
  Failure failure;
};
static_assert(std::is_trivially_copyable_v<Message>);

/// One end of a SOCK_SEQPACKET socket: messages arrive whole and in order. It waits without using
/// the processor, so what is timed must not wait for it.
class Channel {
 public:
  Channel() = default;
  explicit Channel(int socket) : socket_(socket) {}
  ~Channel() { Close(); }
  Channel(Channel&& other) noexcept : socket_(other.Take()) {}
  Channel& operator=(Channel&& other) noexcept;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// Two ends; the failure is `not_started` where the host gives none.
  static std::optional<Failure> Connect(Channel& one, Channel& other);

  /// `descriptor` goes with it, unless it is negative, and stays ours as well. `peer_died` when
  /// nobody is there to hear it, `unknown` where the system has no room for it.
  [[nodiscard]] std::optional<Failure> Send(const Message& message, int descriptor = -1) const;

  /// Waits for the next one. `peer_died` when the other end is closed, `cancelled` when SIGTERM
  /// comes; the other's own failure when that is what it tells. `descriptor` becomes what came with
  /// it, or -1; it closes on exec.
  [[nodiscard]] std::optional<Failure> Receive(Message& message, int* descriptor = nullptr) const;

  /// Whether the other end is closed. Does not wait, and takes no message.
  [[nodiscard]] bool IsDeserted() const;

  void Close();

 private:
  int Take();

  int socket_ = -1;
};
