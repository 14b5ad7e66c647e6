#include "function_ipc/function_sender.h"

#include <algorithm>
#include <cstring>

namespace {

/// What a consumer said before it went says more than that it went.
std::optional<Failure> Explained(Peer& consumer, std::optional<Failure> failure) {
  if (!failure || std::strcmp(failure->reason, "peer_died") != 0) return failure;
  Message last;
  auto told = consumer.Receive(last);
  return told ? Within(failure->phase, told) : failure;
}

}  // namespace

std::optional<Failure> FunctionSender::Whole(FunctionConsumer& consumer, std::size_t bytes,
                                             Nanoseconds& time) {
  Message message;
  PlanChunks(bytes, plan_);
  Outlet outlet(own_.Through(consumer.stream, consumer.process.Link()));
  message.verb = static_cast<int>(FunctionVerb::kWhole);
  message.bytes = bytes;
  if (auto failure = Prepare(consumer, message)) return failure;
  const Nanoseconds began = ReadClock();
  if (auto failure = own_.Pass(outlet, plan_)) return Explained(consumer.process, failure);
  if (auto failure = consumer.process.Receive(message)) return Within("transfer", failure);
  time = message.stamps[1] - began;
  bytes_ += static_cast<double>(bytes);
  return Within("verify", consumer.process.Receive(message));
}

std::optional<Failure> FunctionSender::Prepare(FunctionConsumer& consumer, Message& order) {
  order.seed = ++seed_;
  if (auto failure = own_.Session().Fill(own_.Span(order.bytes), order.seed))
    return Within("transfer", failure);
  if (auto failure = own_.Session().Wait()) return Within("transfer", failure);
  if (auto failure = consumer.process.Send(order)) return Within("transfer", failure);
  return Within("transfer", consumer.process.Receive(order));
}

std::optional<Failure> FunctionSender::Legs(FunctionConsumer& consumer, std::size_t bytes,
                                            FunctionLegs& legs) {
  Message message;
  const std::size_t most = own_.Order().Staging().bytes;
  message.verb = static_cast<int>(FunctionVerb::kLegs);
  message.bytes = bytes;
  if (auto failure = Prepare(consumer, message)) return failure;
  for (std::size_t done = 0; done < bytes; done += most) {
    if (auto failure = Window(consumer, {done, 0, std::min(most, bytes - done)}, legs))
      return failure;
  }
  bytes_ += static_cast<double>(bytes);
  return Within("verify", consumer.process.Receive(message));
}

std::optional<Failure> FunctionSender::Window(FunctionConsumer& consumer, const Chunk& window,
                                              FunctionLegs& legs) {
  Message answer;
  CopyStamps ours;
  Outlet outlet(own_.Through(consumer.stream, consumer.process.Link()));
  if (auto failure = own_.PassLeg(outlet, window, ours))
    return Explained(consumer.process, failure);
  if (auto failure = consumer.process.Receive(answer)) return Within("host_to_device", failure);
  legs.device_to_host += ours.ended - ours.began;
  legs.transport += answer.stamps[0] - ours.ended;
  legs.host_to_device += answer.stamps[1] - answer.stamps[0];
  return std::nullopt;
}
