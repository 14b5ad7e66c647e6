#include "emulator/mps/control/console.h"

#include <cstdio>
#include <iostream>

#include "emulator/engine/mps/sockets.h"
#include "emulator/engine/settings/parse.h"
#include "emulator/engine/timing/clock.h"
#include "emulator/mps/control/pid_file.h"

namespace emulator {
namespace {

constexpr Seconds kGlance{1e-3};

bool Obey(const std::string& directory, const std::string& command) {
  const Descriptor daemon = ConnectTo(directory, kControlSocket);
  if (!daemon.IsOpen() || !Send(daemon, command + "\n")) return false;
  while (const auto letter = ReceiveLetter(daemon)) std::putchar(*letter);
  std::fflush(stdout);
  return true;
}

/// `quit` returns when the daemon is gone, which it is a moment after it has hung up.
void AwaitEnd(const ProcessId& daemon) {
  while (IsAlive(daemon)) SleepUntil(Now() + kGlance);
}

}  // namespace

int RunConsole(const std::string& directory) {
  for (std::string line; std::getline(std::cin, line);) {
    const auto words = WordsOf(line);
    if (words.empty()) continue;
    const ProcessId daemon = ReadPidFile(directory);
    if (!Obey(directory, line)) {
      std::fputs("Cannot find MPS control daemon process\n", stderr);
      return 1;
    }
    if (words[0] == "quit" && words.size() != 2) AwaitEnd(daemon);
  }
  return 0;
}

}  // namespace emulator
