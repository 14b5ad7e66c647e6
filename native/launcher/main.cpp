// Starts a program, or several instances of it, and reports when they began and how they ended.
// See docs/protocol.md, "The launcher".
#include <csignal>

#include "common/options.h"
#include "launcher/barrier.h"
#include "launcher/call.h"
#include "launcher/instances.h"
#include "launcher/lane.h"
#include "launcher/order.h"
#include "launcher/surroundings.h"
#include "launcher/sweep.h"
#include "launcher/watch.h"

namespace {

/// What the launcher ends with; kUsageExit when it was called wrongly.
constexpr int kAllReaped = 0;
constexpr int kLaneBusy = 75;
constexpr int kNotStarted = 127;

int Launch(const Order& order, Lane& lane, const Signals& signals, pid_t parent) {
  Barrier barrier(order);
  Instances instances;
  const bool started = instances.Start(order, barrier);
  barrier.AllStarted();
  if (started) {
    Watch(instances, barrier, lane, parent).UntilAllEnded(signals);
  } else {
    // They hold SIGTERM back, and look at it when they have passed the barrier.
    instances.SendToGroup(SIGTERM);
    barrier.GiveUp();
  }
  Sweep(instances, lane, signals);
  return started ? kAllReaped : kNotStarted;
}

}  // namespace

int main(int argc, char** argv) {
  if (IsCallToCome(argc, argv)) return ExecuteCall(argv[0]);
  const std::optional<Order> order = ReadOrder(argc, argv);
  if (!order) return kUsageExit;
  const pid_t parent = SettleIn();
  const Signals signals;
  Lane lane;
  if (order->lane_lock != nullptr) {
    const auto answer = lane.Take(order->lane_lock, order->lane_timeout, signals);
    if (answer == Lane::Answer::kUnusable) return kUsageExit;
    if (answer == Lane::Answer::kBusy) return kLaneBusy;
  }
  return Launch(*order, lane, signals, parent);
}
