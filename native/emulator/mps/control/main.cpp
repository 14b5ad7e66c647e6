// Stands in for nvidia-cuda-mps-control.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "emulator/engine/emulator.h"
#include "emulator/engine/mps/client.h"
#include "emulator/mps/control/console.h"
#include "emulator/mps/control/daemon.h"

namespace {

/// Goes on in the background; who started it learns that the daemon is there by its end.
void Detach() {
  if (fork() != 0) _exit(0);
  setsid();
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, stream);
  close(nothing);
}

int RunDaemon(const std::string& directory, bool detached) {
  auto daemon = emulator::ControlDaemon::Open(directory);
  if (!daemon.value) {
    std::fprintf(stderr, "%s\n", daemon.problem.c_str());
    return 1;
  }
  if (detached) Detach();
  daemon.value->Run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const emulator::Emulator* armed = emulator::Emulator::Get();
  if (armed == nullptr) return 1;
  const std::string directory = emulator::MpsPipeDirectory(armed->settings);
  if (argc == 1) return emulator::RunConsole(directory);
  const std::string_view option = argv[1];
  if (argc == 2 && (option == "-f" || option == "-d")) return RunDaemon(directory, option == "-d");
  std::fprintf(stderr, "usage: %s [-f | -d]\n", argv[0]);
  return 1;
}
