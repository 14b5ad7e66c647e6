#include "function_ipc/function_consumer.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "function_ipc/function_process.h"

namespace {

class Consumer {
 public:
  Consumer(const FunctionOrder& order, const char* uuid, const Channel& producer)
      : order_(order),
        gpu_{uuid, order.transfer.gpu.mps},
        producer_(producer),
        process_(order, Direction::kHostToDevice) {
    PlanChunks(order.transfer.Largest(), plan_);  // room for all, before a clock is read
  }

  /// Does what it is asked to, until it has released everything.
  std::optional<Failure> Serve();

 private:
  std::optional<Failure> Start(int descriptor);
  std::optional<Failure> Open();
  std::optional<Failure> Do(const Message& asked, int descriptor);
  std::optional<Failure> Allocate(int descriptor);
  std::optional<Failure> Whole(const Message& asked);
  std::optional<Failure> Legs(const Message& asked);
  std::optional<Failure> Leg(Inlet& inlet, const Chunk& window);
  [[nodiscard]] std::optional<Failure> Prepare(const Message& asked) const;
  [[nodiscard]] std::optional<Failure> Verify(const Message& asked) const;
  [[nodiscard]] std::optional<Failure> Answer(const CopyStamps& stamps) const;

  const FunctionOrder& order_;
  GpuRequest gpu_;
  const Channel& producer_;
  ByteStream stream_;
  Array<Chunk> plan_;
  Nanoseconds opened_at_ = 0;  // its context
  FunctionProcess process_;
};

std::optional<Failure> Consumer::Open() {
  if (auto failure = process_.Load()) return Within("load_driver", failure);
  if (auto failure = process_.Init()) return Within("init", failure);
  opened_at_ = ReadClock();
  if (auto failure = process_.Open(gpu_)) return Within("context", failure);
  return Within("load_module", process_.LoadModule());
}

std::optional<Failure> Consumer::Serve() {
  while (true) {
    Message asked;
    int descriptor = -1;
    if (auto failure = producer_.Receive(asked, &descriptor)) return failure;
    if (auto failure = Do(asked, descriptor)) return failure;
    if (asked.verb == static_cast<int>(FunctionVerb::kRelease)) return std::nullopt;
  }
}

std::optional<Failure> Consumer::Do(const Message& asked, int descriptor) {
  switch (static_cast<FunctionVerb>(asked.verb)) {
    case FunctionVerb::kStart:
      return Start(descriptor);
    case FunctionVerb::kWhole:
      return Whole(asked);
    case FunctionVerb::kLegs:
      return Legs(asked);
    case FunctionVerb::kRelease:
      if (auto failure = process_.Release()) return Within("release", failure);
      break;
  }
  return Answer({});
}

std::optional<Failure> Consumer::Start(int descriptor) {
  // It is closed with this, whatever happens before somebody maps it or sends through it.
  stream_.Adopt(descriptor);
  if (auto failure = Open()) return failure;
  if (auto failure = Within("allocate", Allocate(descriptor))) return failure;
  return Answer({opened_at_, 0});
}

std::optional<Failure> Consumer::Allocate(int descriptor) {
  constexpr std::size_t kBufferAndSpare = 2;
  // On the producer's GPU the producer has asked for all that both need.
  const bool alone = std::strcmp(gpu_.uuid, order_.transfer.gpu.uuid) != 0;
  const std::size_t needed = alone ? kBufferAndSpare * order_.transfer.Largest() : 0;
  if (auto failure = process_.Session().ExpectFree(needed)) return failure;
  return process_.Allocate(descriptor);
}

std::optional<Failure> Consumer::Whole(const Message& asked) {
  PlanChunks(asked.bytes, plan_);
  Inlet inlet(process_.Through(stream_, producer_));
  CopyStamps stamps;
  if (auto failure = Prepare(asked)) return failure;
  if (auto failure = process_.Pass(inlet, plan_)) return failure;
  stamps.ended = ReadClock();
  if (auto failure = Answer(stamps)) return failure;
  if (auto failure = Verify(asked)) return failure;
  return Answer({});
}

std::optional<Failure> Consumer::Legs(const Message& asked) {
  const std::size_t most = order_.Staging().bytes;
  Inlet inlet(process_.Through(stream_, producer_));
  if (auto failure = Prepare(asked)) return failure;
  for (std::size_t done = 0; done < asked.bytes; done += most) {
    const std::size_t bytes = std::min<std::size_t>(most, asked.bytes - done);
    if (auto failure = Leg(inlet, {done, 0, bytes})) return failure;
  }
  if (auto failure = Verify(asked)) return failure;
  return Answer({});
}

std::optional<Failure> Consumer::Leg(Inlet& inlet, const Chunk& window) {
  CopyStamps stamps;
  if (auto failure = process_.PassLeg(inlet, window, stamps)) return failure;
  return Answer(stamps);
}

std::optional<Failure> Consumer::Prepare(const Message& asked) const {
  if (auto failure = process_.Session().Clear(process_.Span(asked.bytes)))
    return Within("transfer", failure);
  if (auto failure = process_.Session().Wait()) return Within("transfer", failure);
  return Answer({});
}

std::optional<Failure> Consumer::Verify(const Message& asked) const {
  return Within("verify", process_.Session().Verify(process_.Span(asked.bytes), {asked.seed, 0}));
}

std::optional<Failure> Consumer::Answer(const CopyStamps& stamps) const {
  Message answer;
  answer.stamps[0] = stamps.began;
  answer.stamps[1] = stamps.ended;
  return producer_.Send(answer);
}

}  // namespace

std::optional<Failure> ConsumeFunction(const FunctionOrder& order, const char* uuid,
                                       const Channel& producer) {
  return Consumer(order, uuid, producer).Serve();
}
