// Where the service manager listens.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

/// The socket that NOTIFY_SOCKET names: a path, or an abstract name that begins with '@'.
class Socket {
 public:
  explicit Socket(const char* name);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// False when the name is neither, or too long.
  [[nodiscard]] bool IsUsable() const;
  /// Sends one datagram; false with errno when that fails.
  bool Send(const char* message) const;

 private:
  sockaddr_un address_ = {};
  socklen_t length_ = 0;
  int descriptor_ = -1;
};
