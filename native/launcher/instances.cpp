#include "launcher/instances.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/json_line.h"
#include "launcher/oom_score.h"

namespace {

void SetEnvironment(int instance, bool barrier) {
  char text[16];
  (void)std::snprintf(text, sizeof text, "%d", instance);
  setenv("CUDAPROBE_INSTANCE", text, 1);
  if (barrier) {
    setenv("CUDAPROBE_BARRIER", "1", 1);
  } else {
    unsetenv("CUDAPROBE_BARRIER");
  }
}

/// Before the launcher was executed, what is now its process gave back the page tables of the
/// daemon, of which it was a copy. On a busy host that uses up its turn on the processor, and the
/// wait for the next one would fall into the first instance's start: the longer, the larger the
/// daemon is.
void TakeANewTurn() {
  sched_yield();
}

void ReportReaped(int instance, pid_t pid, int status, const rusage& usage) {
  constexpr long long kKibibyte = 1024;
  JsonLine line("reaped", instance);
  line.Seconds("at_seconds", ReadClock()).Integer("pid", pid);
  if (WIFSIGNALED(status)) {
    line.Integer("signal", WTERMSIG(status));
  } else {
    line.Integer("exit_code", WEXITSTATUS(status));
  }
  line.Seconds("cpu_seconds", FromTimeval(usage.ru_utime) + FromTimeval(usage.ru_stime))
      .Integer("major_faults", usage.ru_majflt)
      .Integer("max_rss_bytes", usage.ru_maxrss * kKibibyte)
      .Write(STDOUT_FILENO);
}

}  // namespace

bool Instances::Start(const Order& order, const Barrier& barrier) {
  const FirstToGo they;
  TakeANewTurn();
  while (started_ < order.instances) {
    if (!StartOne(order, barrier)) return false;
  }
  return true;
}

bool Instances::StartOne(const Order& order, const Barrier& barrier) {
  SpawnSettings settings;
  settings.Group(group_);
  barrier.HandOver(settings);
  SetEnvironment(started_, order.barrier);
  pid_t pid = 0;
  const Nanoseconds at = ReadClock();
  const int error = settings.Spawn(order.program, pid);
  if (error != 0) {
    (void)std::fprintf(stderr, "launcher: cannot start %s: %s\n", order.program[0],
                       std::strerror(error));
    return false;
  }
  JsonLine("spawned", started_).Seconds("at_seconds", at).Integer("pid", pid).Write(STDOUT_FILENO);
  if (started_ == 0) group_ = pid;
  pids_[started_++] = pid;
  return true;
}

void Instances::Reap() {
  int status = 0;
  rusage usage{};
  for (pid_t pid = 0; (pid = wait4(-1, &status, WNOHANG, &usage)) > 0;) {
    const int instance = Find(pid);
    if (instance < 0) continue;  // adopted
    ReportReaped(instance, pid, status, usage);
    pids_[instance] = 0;
    ++ended_;
  }
}

bool Instances::GroupIsOurs() const {
  siginfo_t info{};
  const auto group = static_cast<id_t>(group_);
  return group_ != 0 && waitid(P_PGID, group, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

void Instances::SendToGroup(int number) const {
  if (GroupIsOurs()) kill(-group_, number);
}

int Instances::Find(pid_t pid) const {
  for (int instance = 0; instance < started_; ++instance) {
    if (pids_[instance] == pid) return instance;
  }
  return -1;
}
