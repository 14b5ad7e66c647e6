// The second process of a probe that passes data on.
#pragma once

#include <sys/types.h>

#include <optional>

#include "common/failure.h"
#include "transfer/channel.h"

/// A probe splits in two before it loads the driver, which no fork survives. The first process is
/// the producer, and speaks the protocol; the second is its consumer, which says nothing to anybody
/// but the producer, and ends when that does.
class Peer {
 public:
  Peer() = default;
  ~Peer() { End(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// Runs `consume(Channel&)` in a new process, which ends when that returns. It returns
  /// std::optional<Failure>, which the producer gets to hear.
  template <typename Consume>
  std::optional<Failure> Start(Consume consume) {
    Channel theirs;
    if (auto failure = Fork(theirs)) return failure;
    if (pid_ == 0) ConcludeConsumer(theirs, consume(theirs));
    return std::nullopt;
  }

  /// To the consumer. What it receives says more than Channel does: of a consumer that died, how.
  std::optional<Failure> Send(const Message& message, int descriptor = -1);
  std::optional<Failure> Receive(Message& message, int* descriptor = nullptr);
  [[nodiscard]] const Channel& Link() const { return channel_; }

  /// Hangs up, upon which the consumer gives back what it holds and ends, and reaps it.
  void End();

  [[nodiscard]] pid_t Pid() const { return pid_; }

 private:
  std::optional<Failure> Fork(Channel& theirs);
  [[noreturn]] static void ConcludeConsumer(Channel& channel,
                                            const std::optional<Failure>& failure);
  std::optional<Failure> Explain(std::optional<Failure> failure);

  pid_t pid_ = 0;
  Channel channel_;
};
