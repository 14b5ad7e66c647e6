// A child process to look at.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "test/check.h"

/// Runs `body` and then waits to be killed, which is at the end of this at the latest.
class Child {
 public:
  template <typename Body>
  explicit Child(Body body) {
    int ends[2];
    char byte = 0;
    CHECK(pipe(ends) == 0);
    pid_ = fork();
    if (pid_ == 0) {
      body();
      (void)!write(ends[1], &byte, 1);
      for (;;) pause();
    }
    CHECK(read(ends[0], &byte, 1) == 1);
    close(ends[0]);
    close(ends[1]);
  }
  Child() : Child([] {}) {}
  ~Child() { End(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] unsigned Pid() const { return static_cast<unsigned>(pid_); }
  void End() {
    if (ended_) return;
    CHECK(kill(pid_, SIGKILL) == 0);
    CHECK(waitpid(pid_, nullptr, 0) == pid_);
    ended_ = true;
  }

 private:
  pid_t pid_;
  bool ended_ = false;
};
