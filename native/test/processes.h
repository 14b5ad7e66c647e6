// Two processes of one test.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <optional>

#include "common/failure.h"
#include "test/check.h"

/// Runs `body`, whose result is its exit code, in a process of its own.
class Process {
 public:
  template <typename Body>
  explicit Process(Body body) : pid_(fork()) {
    if (pid_ == 0) _exit(body());
  }
  ~Process() {
    if (!ended_) kill(pid_, SIGKILL);
    (void)ExitCode();
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t Pid() const { return pid_; }
  /// Waits for its end; negative is the signal that ended it.
  [[nodiscard]] int ExitCode() const {
    if (!ended_) CHECK(waitpid(pid_, &status_, 0) == pid_);
    ended_ = true;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -WTERMSIG(status_);
  }

 private:
  pid_t pid_;
  mutable int status_ = 0;
  mutable bool ended_ = false;
};

/// Waits until a process sleeps in the kernel.
inline void AwaitSleep(pid_t pid) {
  std::string state;
  while (state != "S") {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string skipped;
    stat >> skipped >> skipped >> state;
  }
}

inline std::string ReasonOf(const std::optional<Failure>& failure) {
  return failure ? failure->reason : "none";
}
