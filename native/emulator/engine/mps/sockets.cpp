#include "emulator/engine/mps/sockets.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace emulator {
namespace {

constexpr int kBacklog = 256;

struct Opened {
  Descriptor directory;
  Descriptor socket;
  sockaddr_un address{};
};

/// A socket, and an address that leads to it by way of the open directory.
Opened Open(const std::string& path, const char* name) {
  Opened opened;
  opened.directory = Descriptor(open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!opened.directory.IsOpen()) return opened;
  opened.socket = Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  opened.address.sun_family = AF_UNIX;
  std::snprintf(opened.address.sun_path, sizeof opened.address.sun_path, "/proc/self/fd/%d/%s",
                opened.directory.Number(), name);
  return opened;
}

using Connecting = int (*)(int, const sockaddr*, socklen_t);

bool Do(Connecting connecting, const Opened& opened) {
  const auto* address = reinterpret_cast<const sockaddr*>(&opened.address);
  return opened.socket.IsOpen() &&
         connecting(opened.socket.Number(), address, sizeof opened.address) == 0;
}

}  // namespace

Descriptor ListenIn(const std::string& directory, const char* name) {
  unlink((directory + "/" + name).c_str());
  Opened opened = Open(directory, name);
  if (!Do(bind, opened) || listen(opened.socket.Number(), kBacklog) != 0) return Descriptor();
  return std::move(opened.socket);
}

Descriptor ConnectTo(const std::string& directory, const char* name) {
  Opened opened = Open(directory, name);
  return Do(connect, opened) ? std::move(opened.socket) : Descriptor();
}

bool Send(const Descriptor& socket, const std::string& text) {
  const ssize_t sent = send(socket.Number(), text.data(), text.size(), MSG_NOSIGNAL);
  return sent == static_cast<ssize_t>(text.size());
}

std::optional<std::string> ReceiveLine(const Descriptor& socket) {
  std::string line;
  for (;;) {
    const auto letter = ReceiveLetter(socket);
    if (!letter) return std::nullopt;
    if (*letter == '\n') return line;
    line += *letter;
  }
}

std::optional<char> ReceiveLetter(const Descriptor& socket) {
  char letter = 0;
  ssize_t got = -1;
  do got = read(socket.Number(), &letter, 1);
  while (got < 0 && errno == EINTR);
  if (got != 1) return std::nullopt;
  return letter;
}

bool IsHungUp(const Descriptor& socket) {
  pollfd events{socket.Number(), 0, 0};
  return poll(&events, 1, 0) > 0;
}

}  // namespace emulator
