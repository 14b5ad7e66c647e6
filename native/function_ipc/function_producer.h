// function_ipc's first process: sends, measures and reports.
#pragma once

#include <optional>

#include "common/probe.h"
#include "function_ipc/function_process.h"
#include "function_ipc/function_sender.h"

/// Sends to one consumer after the other, each of its own process. Each step needs those before it.
class FunctionProducer {
 public:
  FunctionProducer(Probe& probe, const FunctionOrder& order)
      : probe_(probe), order_(order), own_(order, Direction::kDeviceToHost) {}

  /// Starts the consumers' processes; they do nothing until they are met, so that they are in
  /// nobody's way.
  std::optional<Failure> StartConsumers();
  std::optional<Failure> Allocate();
  /// Gives each consumer its end of the passage, upon which it gets ready, and waits for that.
  /// Another GPU's that does not get ready is left out: that is no reason to have no figures of
  /// this one.
  std::optional<Failure> Meet();
  /// Sends every size to every consumer, and reports each sample.
  std::optional<Failure> Measure();
  /// Copies so that NVML is read while the link is busy. What NVML does not tell is left out.
  std::optional<Failure> DescribeLink();
  /// The consumers give back what they have, and end; then we do.
  std::optional<Failure> Release();

  /// The same whatever has failed.
  void End();

  /// For how long the consumers have had contexts, all of them together.
  [[nodiscard]] Nanoseconds ConsumersTime() const;

  FunctionProcess& Own() { return own_; }
  /// All that has been copied or sent.
  [[nodiscard]] double Bytes() const { return sender_.Bytes() + link_bytes_; }

 private:
  static constexpr std::size_t kMostConsumers = 1 + TransferOrder::kMostPeers;

  std::optional<Failure> StartConsumer(std::size_t number, const char* uuid);
  std::optional<Failure> MeetOne(FunctionConsumer& consumer);
  std::optional<Failure> MeasureSize(FunctionConsumer& consumer, std::size_t bytes);
  void ReportLegs(const FunctionConsumer& consumer, std::size_t bytes, const FunctionLegs& legs);

  Probe& probe_;
  const FunctionOrder& order_;
  FunctionProcess own_;
  MemoryFile shared_;
  FunctionSender sender_{own_};
  double link_bytes_ = 0;
  // The last, so that they end first whatever happens.
  std::size_t consumer_count_ = 0;
  FunctionConsumer consumers_[kMostConsumers];
};
