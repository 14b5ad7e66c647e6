// Tells the service manager what the daemon says, since Node cannot write to the socket that it has
// for that (sd_notify(3): datagrams over AF_UNIX). One line of standard input is one message; its
// end, which comes with the daemon's own, is the end of this program. It never says anything on its
// own: a daemon that hangs sends no `watchdog`, and is found out by that.
//
//   ready        READY=1
//   reloading    RELOADING=1 and MONOTONIC_USEC
//   stopping     STOPPING=1
//   watchdog     WATCHDOG=1
//
// The socket's name is in NOTIFY_SOCKET. Without it, or called wrongly, the exit code is 2.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/clock.h"
#include "common/options.h"
#include "notify/socket.h"

namespace {

constexpr int kLineBytes = 64;
constexpr int kMessageBytes = 128;

/// The message of a line without its end, in `message`; false for a line that is none of ours.
bool Translate(const char* line, char (&message)[kMessageBytes]) {
  if (std::strcmp(line, "reloading") == 0) {
    const auto microseconds = static_cast<long long>(ReadClock() / kMicrosecond);
    std::snprintf(message, kMessageBytes, "RELOADING=1\nMONOTONIC_USEC=%lld", microseconds);
    return true;
  }
  const char* const words[][2] = {
      {"ready", "READY=1"}, {"stopping", "STOPPING=1"}, {"watchdog", "WATCHDOG=1"}};
  for (const auto& word : words) {
    if (std::strcmp(line, word[0]) != 0) continue;
    std::snprintf(message, kMessageBytes, "%s", word[1]);
    return true;
  }
  return false;
}

void PassOn(const Socket& socket) {
  char line[kLineBytes];
  char message[kMessageBytes];
  while (std::fgets(line, kLineBytes, stdin) != nullptr) {
    line[std::strcspn(line, "\n")] = '\0';
    if (!Translate(line, message)) {
      std::fprintf(stderr, "notify: \"%s\" is no message\n", line);
    } else if (!socket.Send(message)) {
      std::perror("notify: the service manager was not told");
    }
  }
}

}  // namespace

int main() {
  // What ends a group ends the daemon as well, and so the input. Until then it may have news.
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGINT, SIG_IGN);
  const char* const name = std::getenv("NOTIFY_SOCKET");
  if (name == nullptr) {
    std::fputs("notify: NOTIFY_SOCKET is not set\n", stderr);
    return kUsageExit;
  }
  const Socket socket(name);
  if (!socket.IsUsable()) {
    std::fprintf(stderr, "notify: \"%s\" is not the name of a socket\n", name);
    return kUsageExit;
  }
  PassOn(socket);
  return 0;
}
