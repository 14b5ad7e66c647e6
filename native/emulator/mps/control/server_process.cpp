#include "emulator/mps/control/server_process.h"

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "emulator/engine/mps/sockets.h"

namespace emulator {
namespace {

constexpr const char* kProgram = "nvidia-cuda-mps-server";

std::string PathOfProgram() {
  std::array<char, 4096> own{};
  const ssize_t length = readlink("/proc/self/exe", own.data(), own.size() - 1);
  const std::string path(own.data(), length < 0 ? 0 : static_cast<std::size_t>(length));
  return path.substr(0, path.rfind('/') + 1) + kProgram;
}

/// The server finds its clients where standard input is, and its daemon where output is.
pid_t Spawn(const Descriptor& clients, const Descriptor& line) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigemptyset(&none);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, clients.Number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, line.Number(), STDOUT_FILENO);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask(&attributes, &none);
  std::string name = kProgram;
  std::array<char*, 2> arguments{name.data(), nullptr};
  pid_t pid = -1;
  const int error =
      posix_spawn(&pid, PathOfProgram().c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? pid : -1;
}

}  // namespace

ServerProcess::ServerProcess(const ProcessId& id, Descriptor line)
    : id_(id), line_(std::move(line)) {}

std::optional<ServerProcess> ServerProcess::Start(const std::string& directory) {
  std::array<int, 2> ends{-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  Descriptor own(ends[0]);
  const Descriptor its(ends[1]);
  const Descriptor clients = ListenIn(directory, kServerSocket);
  const pid_t pid = clients.IsOpen() ? Spawn(clients, its) : -1;
  if (pid < 0) return std::nullopt;
  return ServerProcess(ProcessOf(pid), std::move(own));
}

void ServerProcess::Tell(char letter) const {
  Send(line_, std::string(1, letter));
}

void ServerProcess::Kill() const {
  kill(static_cast<pid_t>(id_.pid), SIGKILL);
}

bool ServerProcess::HasEnded() const {
  return waitpid(static_cast<pid_t>(id_.pid), nullptr, WNOHANG) != 0;
}

}  // namespace emulator
