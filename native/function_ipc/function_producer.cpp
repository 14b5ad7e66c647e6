#include "function_ipc/function_producer.h"

#include <algorithm>
#include <cstdio>

#include "common/cancellation.h"
#include "function_ipc/gpu_link.h"
#include "function_ipc/numa.h"
#include "transfer/transfer_sample.h"
#include "transfer/warm_up.h"

namespace {

/// Which memory is near the GPU; -1 where nobody tells.
int NodeOf(const FunctionProcess& own) {
  char bus_id[32] = "";
  const auto& ask = own.Cuda().cuDeviceGetPCIBusId;
  if (!ask || ask.Raw(bus_id, sizeof bus_id, own.Session().Device()) != CUDA_SUCCESS) return -1;
  return ReadNode(bus_id);
}

/// Makes a socket of which the consumer gets the other end.
std::optional<Failure> Connect(Mechanism mechanism, ByteStream& ours, ByteStream& theirs) {
  if (mechanism == Mechanism::kUnix) return ByteStream::ConnectUnix(ours, theirs);
  return ByteStream::ConnectTcp(ours, theirs);
}

/// One that did not get ready has been left out.
bool IsThere(const FunctionConsumer& consumer) {
  return consumer.process.Pid() != 0;
}

/// The failure says which GPU it is about, unless that is the producer's.
Failure Named(const FunctionConsumer& consumer, const Failure& failure) {
  Failure named = failure;
  if (consumer.label[0] == '\0') return named;
  (void)std::snprintf(named.message, sizeof named.message, "peer %.40s: %.990s", consumer.label,
                      failure.message);
  return named;
}

}  // namespace

std::optional<Failure> FunctionProducer::StartConsumers() {
  if (auto failure = StartConsumer(0, order_.transfer.gpu.uuid)) return failure;
  for (const UuidText& peer : order_.transfer.peers) {
    const std::size_t number = consumer_count_;
    if (auto failure = StartConsumer(number, peer.text)) return failure;
    consumers_[number].label = peer.text;
  }
  return std::nullopt;
}

std::optional<Failure> FunctionProducer::StartConsumer(std::size_t number, const char* uuid) {
  ++consumer_count_;
  return consumers_[number].process.Start([&](Channel& producer) {
    // A copy of the producer's end would keep the others from seeing that it is gone.
    for (std::size_t other = 0; other < number; ++other) consumers_[other].process.End();
    return ConsumeFunction(order_, uuid, producer);
  });
}

std::optional<Failure> FunctionProducer::Allocate() {
  constexpr std::size_t kSpans = 3;  // ours, the consumer's, and one to spare
  const StagingRequest staging = order_.Staging();
  const std::size_t needed = kSpans * order_.transfer.Largest();
  if (auto failure = own_.Session().ExpectFreeForTwo(needed)) return failure;
  if (staging.shared) {
    if (auto failure = shared_.Create(SharedBytes(staging), NodeOf(own_))) return failure;
  }
  return own_.Allocate(shared_.Descriptor());
}

std::optional<Failure> FunctionProducer::Meet() {
  for (std::size_t number = 0; number < consumer_count_; ++number) {
    FunctionConsumer& consumer = consumers_[number];
    const auto failure = MeetOne(consumer);
    if (!failure) continue;
    if (number == 0 || Cancelled()) return failure;
    (void)std::fprintf(stderr, "function_ipc: left out: %s %s: %s %s\n", consumer.label,
                       failure->reason, failure->message, failure->code);
    consumer.process.End();
  }
  shared_.Close();
  return std::nullopt;
}

std::optional<Failure> FunctionProducer::MeetOne(FunctionConsumer& consumer) {
  Message message;
  ByteStream theirs;
  message.verb = static_cast<int>(FunctionVerb::kStart);
  int descriptor = shared_.Descriptor();
  if (order_.mechanism != Mechanism::kShm) {
    if (auto failure = Connect(order_.mechanism, consumer.stream, theirs)) return failure;
    descriptor = theirs.Descriptor();
  }
  if (auto failure = consumer.process.Send(message, descriptor)) return failure;
  if (auto failure = consumer.process.Receive(message)) return failure;
  consumer.opened_at = message.stamps[0];
  return std::nullopt;
}

void FunctionProducer::End() {
  for (FunctionConsumer& consumer : consumers_) consumer.process.End();
  (void)own_.Release();
}

Nanoseconds FunctionProducer::ConsumersTime() const {
  Nanoseconds total = 0;
  for (const FunctionConsumer& consumer : consumers_) {
    if (consumer.opened_at != 0) total += ReadClock() - consumer.opened_at;
  }
  return total;
}

std::optional<Failure> FunctionProducer::Measure() {
  for (std::size_t number = 0; number < consumer_count_; ++number) {
    FunctionConsumer& consumer = consumers_[number];
    if (!IsThere(consumer)) continue;
    for (const std::size_t bytes : order_.transfer.sizes) {
      if (const auto failure = MeasureSize(consumer, bytes)) return Named(consumer, *failure);
    }
  }
  return std::nullopt;
}

std::optional<Failure> FunctionProducer::MeasureSize(FunctionConsumer& consumer,
                                                     std::size_t bytes) {
  WarmUp warm_up;
  Nanoseconds time = 0;
  do {
    if (auto failure = sender_.Whole(consumer, bytes, time)) return failure;
  } while (!warm_up.Take(time));
  for (int sample = 0; sample < order_.transfer.samples; ++sample) {
    if (auto failure = sender_.Whole(consumer, bytes, time)) return failure;
    probe_.Sample("transfer_seconds", InSeconds(time),
                  {{"size_bytes", SizeText(bytes).text},
                   {"use", "stream"},
                   {"peer_gpu_uuid", consumer.label}});
  }
  for (int sample = 0; sample < order_.transfer.samples; ++sample) {
    FunctionLegs legs;
    if (auto failure = sender_.Legs(consumer, bytes, legs)) return failure;
    ReportLegs(consumer, bytes, legs);
  }
  return std::nullopt;
}

void FunctionProducer::ReportLegs(const FunctionConsumer& consumer, std::size_t bytes,
                                  const FunctionLegs& legs) {
  const SizeText size(bytes);
  const auto report = [&](const char* phase, Nanoseconds time) {
    probe_.Sample("phase_seconds", InSeconds(time),
                  {{"size_bytes", size.text},
                   {"use", "stream"},
                   {"phase", phase},
                   {"peer_gpu_uuid", consumer.label}});
  };
  report("device_to_host", legs.device_to_host);
  report("transport", legs.transport);
  report("host_to_device", legs.host_to_device);
}

std::optional<Failure> FunctionProducer::DescribeLink() {
  constexpr std::size_t kBusy = std::size_t{256} << 20U;  // some milliseconds of copies
  const std::size_t window = order_.Staging().bytes;
  const std::size_t most = std::min(order_.transfer.Largest(), window);
  LinkReader reader;
  if (reader.Open(order_.transfer.libnvidia_ml, order_.transfer.gpu.uuid)) return std::nullopt;
  constexpr std::size_t kMostCopies = 64;
  const std::size_t copies = std::min(kMostCopies, (kBusy + most - 1) / most);
  for (std::size_t copy = 0; copy < copies; ++copy) {
    if (auto failure = own_.Copies().Copy({0, 0, most})) return failure;
  }
  const std::optional<PcieLink> link = reader.Read();
  if (auto failure = own_.Copies().Wait()) return failure;
  link_bytes_ = static_cast<double>(copies * most);
  if (link) ReportLink(probe_, *link);
  return std::nullopt;
}

std::optional<Failure> FunctionProducer::Release() {
  for (std::size_t number = 0; number < consumer_count_; ++number) {
    Peer& consumer = consumers_[number].process;
    if (!IsThere(consumers_[number])) continue;
    Message message;
    message.verb = static_cast<int>(FunctionVerb::kRelease);
    if (auto failure = consumer.Send(message)) return failure;
    if (auto failure = consumer.Receive(message)) return failure;
    consumer.End();
  }
  return own_.Release();
}
