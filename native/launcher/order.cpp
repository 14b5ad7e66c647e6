#include "launcher/order.h"

#include "common/options.h"

namespace {

constexpr char kUsage[] =
    "launcher [--instances=N] [--barrier=true|false] [--lane_lock=FILE] [--lane_timeout_seconds=S] "
    "-- PROGRAM [ARGUMENT]... | launcher --call=stdin";

}  // namespace

std::optional<Order> ReadOrder(int argc, char** argv) {
  const int dashes = FindProgram(argc, argv);
  Options options(dashes, argv);
  Order order{};
  order.instances = static_cast<int>(options.Integer("instances", 1, 1, kMostInstances));
  order.barrier = options.Boolean("barrier", false) || order.instances > 1;
  order.lane_lock = options.Text("lane_lock", nullptr);
  order.lane_timeout = options.Seconds("lane_timeout_seconds", 0);
  order.program = argv + dashes + 1;
  options.Expect(dashes + 1 < argc, "", "followed by a program");
  if (!options.Complete(kUsage)) return std::nullopt;
  return order;
}
