// What the launcher is told to do.
#pragma once

#include <optional>

#include "common/clock.h"

/// More instances than this would measure the host, not its GPU.
constexpr int kMostInstances = 256;

struct Order {
  int instances;
  bool barrier;              // also for one instance
  const char* lane_lock;     // null: no lane is asked for
  Nanoseconds lane_timeout;  // 0: it is had at once or not at all
  char** program;            // its argv
};

/// Reads the command line. Empty when it is malformed, which has been said on standard error.
std::optional<Order> ReadOrder(int argc, char** argv);
