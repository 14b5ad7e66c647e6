#include "emulator/mps/signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace emulator {
namespace {

Descriptor Blocked(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  return Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

Signals::Signals(std::initializer_list<int> signals) : file_(Blocked(signals)) {}

std::optional<int> Signals::Next() const {
  signalfd_siginfo come{};
  if (read(file_.Number(), &come, sizeof come) != sizeof come) return std::nullopt;
  return static_cast<int>(come.ssi_signo);
}

}  // namespace emulator
