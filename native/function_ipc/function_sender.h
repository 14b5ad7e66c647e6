// One sample of function_ipc.
#pragma once

#include <cstdint>
#include <optional>

#include "function_ipc/function_consumer.h"
#include "function_ipc/function_process.h"
#include "transfer/peer.h"

/// One that is sent to.
struct FunctionConsumer {
  Peer process;
  ByteStream stream;          // where the mechanism is a socket
  const char* label = "";     // its GPU; empty if that is the producer's
  Nanoseconds opened_at = 0;  // its context; 0 before it is ready
};

/// What the steps of one sample took, each by itself.
struct FunctionLegs {
  Nanoseconds device_to_host = 0;
  Nanoseconds transport = 0;
  Nanoseconds host_to_device = 0;
};

/// Sends from the producer's GPU, each time a pattern that was not sent before. Outside of what is
/// timed the consumer clears its memory, and verifies what came. A failure is in the phase of the
/// step it was in, whichever process that is.
class FunctionSender {
 public:
  explicit FunctionSender(const FunctionProcess& own) : own_(own) {
    PlanChunks(own.Order().transfer.Largest(), plan_);  // room for all, before a clock is read
  }

  /// Sends `bytes` with everything under way at once. `time` is from before the first copy to the
  /// host until after the last one to the device.
  std::optional<Failure> Whole(FunctionConsumer& consumer, std::size_t bytes, Nanoseconds& time);
  /// Sends `bytes` one step after the other, in windows as large as the staging.
  std::optional<Failure> Legs(FunctionConsumer& consumer, std::size_t bytes, FunctionLegs& legs);

  /// All that has been sent.
  [[nodiscard]] double Bytes() const { return bytes_; }

 private:
  std::optional<Failure> Prepare(FunctionConsumer& consumer, Message& order);
  std::optional<Failure> Window(FunctionConsumer& consumer, const Chunk& window,
                                FunctionLegs& legs);

  const FunctionProcess& own_;
  Array<Chunk> plan_;
  std::uint32_t seed_ = static_cast<std::uint32_t>(ReadClock());
  double bytes_ = 0;
};
