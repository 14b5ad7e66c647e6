#include "launcher/surroundings.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace {

/// Instances start with three descriptors and no more, whatever the daemon forgot to close.
void CloseInherited() {
  constexpr int kFirst = STDERR_FILENO + 1;
  constexpr int kLast = 1024;
#ifdef SYS_close_range
  if (syscall(SYS_close_range, kFirst, ~0U, 0) == 0) return;
#endif
  for (int descriptor = kFirst; descriptor < kLast; ++descriptor) close(descriptor);
}

/// No core files of GPU mappings; and descriptors enough for a driver with many GPUs, yet few
/// enough for programs that close them all one by one. RLIMIT_AS stays as it is: the driver
/// reserves address space by the terabyte.
void SetLimits() {
  constexpr rlim_t kDescriptors = 65536;
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min(files.rlim_max, kDescriptors);
  setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

Signals::Signals() {
  sigset_t wanted;
  sigemptyset(&wanted);
  for (const int number : {SIGTERM, SIGINT, SIGUSR1, SIGCHLD}) sigaddset(&wanted, number);
  sigprocmask(SIG_BLOCK, &wanted, nullptr);
  // Inherited as ignored it would take away our children's statuses.
  (void)std::signal(SIGCHLD, SIG_DFL);
  (void)std::signal(SIGPIPE, SIG_IGN);
  descriptor_ = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

Signals::~Signals() {
  close(descriptor_);
}

int Signals::Next() const {
  signalfd_siginfo info{};
  const ssize_t count = read(descriptor_, &info, sizeof info);
  return count == static_cast<ssize_t>(sizeof info) ? static_cast<int>(info.ssi_signo) : 0;
}

void Signals::Wait(Nanoseconds limit) const {
  pollfd signals{descriptor_, POLLIN, 0};
  poll(&signals, 1, PollTimeout(limit));
}

int PollTimeout(Nanoseconds limit) {
  constexpr Nanoseconds kLongest = 3600 * kSecond;
  if (limit < 0) return -1;
  return static_cast<int>((std::min(limit, kLongest) + kMillisecond - 1) / kMillisecond);
}

pid_t SettleIn() {
  // Not the daemon's: what another user's launcher has to open, such as the lane's lock, it can.
  constexpr mode_t kNotToBeWrittenByOthers = 022;
  const pid_t parent = getppid();
  CloseInherited();
  SetLimits();
  umask(kNotToBeWrittenByOthers);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // It may have died before it could be asked about.
  if (getppid() != parent) (void)raise(SIGTERM);
  return parent;
}
