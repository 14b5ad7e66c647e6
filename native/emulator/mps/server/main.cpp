// Stands in for nvidia-cuda-mps-server, which the daemon alone starts.

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "emulator/engine/emulator.h"
#include "emulator/mps/server/service.h"

namespace {

bool IsListening(int file) {
  int answer = 0;
  socklen_t length = sizeof answer;
  return getsockopt(file, SOL_SOCKET, SO_ACCEPTCONN, &answer, &length) == 0 && answer != 0;
}

int Refuse(const char* why) {
  std::fprintf(stderr, "nvidia-cuda-mps-server: %s\n", why);
  return 1;
}

}  // namespace

int main() {
  emulator::Emulator* armed = emulator::Emulator::Get();
  if (armed == nullptr) return 1;
  if (!IsListening(STDIN_FILENO)) return Refuse("nvidia-cuda-mps-control starts it");
  if (armed->settings.mps_server == emulator::MpsServer::kDiesAtStart) return 1;
  auto log = emulator::MpsLog::Open("server");
  if (!log.value) return Refuse(log.problem.c_str());
  emulator::MpsService service(*armed, *std::move(log.value), STDIN_FILENO, STDOUT_FILENO);
  if (!service.Open()) return 1;
  service.Run();
  return 0;
}
