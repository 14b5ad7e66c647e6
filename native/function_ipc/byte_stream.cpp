#include "function_ipc/byte_stream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "common/cancellation.h"

namespace {

Failure NoSocket(const char* kind) {
  return Because("not_started", "no %s: %s", kind, std::strerror(errno));
}

bool WouldWait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

sockaddr* Plain(sockaddr_in& address) {
  return static_cast<sockaddr*>(static_cast<void*>(&address));
}

/// Listens on the loopback interface, on a port that the system picks and `address` becomes.
bool Listen(int socket, sockaddr_in& address) {
  socklen_t length = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return bind(socket, Plain(address), length) == 0 && listen(socket, 1) == 0 &&
         getsockname(socket, Plain(address), &length) == 0;
}

/// Accepts the connection that `caller` has made, and none of anybody else's.
int Accept(int listener, int caller) {
  sockaddr_in wanted{};
  socklen_t length = sizeof wanted;
  if (getsockname(caller, Plain(wanted), &length) != 0) return -1;
  while (true) {
    sockaddr_in from{};
    length = sizeof from;
    const int accepted = accept4(listener, Plain(from), &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (accepted < 0 || from.sin_port == wanted.sin_port) return accepted;
    close(accepted);
  }
}

bool SendAtOnce(int socket) {
  const int yes = 1;
  return setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0;
}

}  // namespace

std::optional<Failure> ByteStream::ConnectUnix(ByteStream& one, ByteStream& other) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
    return NoSocket("socket pair");
  one.Adopt(ends[0]);
  other.Adopt(ends[1]);
  return std::nullopt;
}

std::optional<Failure> ByteStream::ConnectTcp(ByteStream& one, ByteStream& other) {
  ByteStream listener;
  sockaddr_in address{};
  listener.Adopt(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  one.Adopt(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!Listen(listener.socket_, address) ||
      connect(one.socket_, Plain(address), sizeof address) != 0)
    return NoSocket("TCP connection");
  other.Adopt(Accept(listener.socket_, one.socket_));
  const bool ready = fcntl(one.socket_, F_SETFL, O_NONBLOCK) == 0 && SendAtOnce(one.socket_) &&
                     SendAtOnce(other.socket_);
  if (!ready) return NoSocket("TCP connection");
  return std::nullopt;
}

void ByteStream::Adopt(int socket) {
  Close();
  socket_ = socket;
}

std::optional<Failure> ByteStream::Await(short events) const {
  pollfd sources[] = {{CancellationDescriptor(), POLLIN, 0}, {socket_, events, 0}};
  while (poll(sources, 2, -1) < 0) {
  }
  if (sources[0].revents != 0) return Cancellation();
  return std::nullopt;
}

std::optional<Failure> ByteStream::Write(const void* data, std::size_t bytes) const {
  const auto* at = static_cast<const unsigned char*>(data);
  while (bytes > 0) {
    const ssize_t written = send(socket_, at, bytes, MSG_NOSIGNAL);
    if (written < 0 && !WouldWait())
      return Because("peer_died", "no more can be sent: %s", std::strerror(errno));
    if (written < 0) {
      if (auto failure = Await(POLLOUT)) return failure;
      continue;
    }
    at += written;
    bytes -= static_cast<std::size_t>(written);
  }
  return std::nullopt;
}

std::optional<Failure> ByteStream::Read(void* data, std::size_t bytes) const {
  auto* at = static_cast<unsigned char*>(data);
  while (bytes > 0) {
    const ssize_t got = recv(socket_, at, bytes, 0);
    if (got == 0) return Because("peer_died", "the other process has hung up");
    if (got < 0 && !WouldWait())
      return Because("peer_died", "no more can be received: %s", std::strerror(errno));
    if (got < 0) {
      if (auto failure = Await(POLLIN)) return failure;
      continue;
    }
    at += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return std::nullopt;
}

void ByteStream::Close() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}
