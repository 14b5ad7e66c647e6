// A worker for tests of those that start one.
#pragma once

#include <unistd.h>

#include <csignal>
#include <string>

#include "common/probe.h"
#include "common/worker.h"

using Nothing = std::optional<Failure>;

/// The worker that a test starts is the test itself, told how to end.
inline int BeWorker(const std::string& ending) {
  if (ending == "mute") return 3;
  Probe probe("test");
  probe.Start();
  probe.Phase("init", [] { return Nothing(); });
  probe.Phase("context", [&] {
    if (ending == "crash") {
      (void)std::signal(SIGSEGV, SIG_DFL);
      (void)raise(SIGSEGV);
    }
    while (ending == "hang") pause();
    return ending == "oom" ? Nothing(Because("oom", "no room")) : Nothing();
  });
  probe.Untimed("context",
                [&] { return ending == "corrupt" ? Nothing(Because("corrupt", "x")) : Nothing(); });
  probe.Phase("release", [] { return Nothing(); });
  return probe.Finish();
}

/// A worker's order, and what its parts point to.
class Order {
 public:
  explicit Order(const char* ending, const char* pause_after = "init,context")
      : ending_(ending), pause_after_(pause_after) {}
  WorkerOrder operator()() { return {program_, pause_after_}; }

 private:
  std::string ending_;
  const char* pause_after_;
  char self_[16] = "/proc/self/exe";
  char* program_[3] = {self_, ending_.data(), nullptr};
};
