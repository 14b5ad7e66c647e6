#include "transfer/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "common/cancellation.h"

namespace {

/// A message as the system takes it. It points into itself and `message`.
struct Envelope {
  explicit Envelope(void* message) : part{message, sizeof(Message)} {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
  }
  Envelope(const Envelope&) = delete;
  Envelope& operator=(const Envelope&) = delete;

  iovec part;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};  // room for one descriptor
  msghdr header{};
};

void Enclose(Envelope& envelope, int descriptor) {
  cmsghdr* const rights = CMSG_FIRSTHDR(&envelope.header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
}

int Enclosed(Envelope& envelope) {
  int descriptor = -1;
  const cmsghdr* const rights = CMSG_FIRSTHDR(&envelope.header);
  if (rights != nullptr && rights->cmsg_type == SCM_RIGHTS)
    std::memcpy(&descriptor, CMSG_DATA(rights), sizeof descriptor);
  return descriptor;
}

Failure PeerDied() {
  return Because("peer_died", "the other process is gone");
}

}  // namespace

std::optional<Failure> Channel::Connect(Channel& one, Channel& other) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return Because("not_started", "no socket pair: %s", std::strerror(errno));
  one = Channel(ends[0]);
  other = Channel(ends[1]);
  return std::nullopt;
}

Channel& Channel::operator=(Channel&& other) noexcept {
  Close();
  socket_ = other.Take();
  return *this;
}

std::optional<Failure> Channel::Send(const Message& message, int descriptor) const {
  Message copy = message;
  Envelope envelope(&copy);
  if (descriptor >= 0) {
    Enclose(envelope, descriptor);
  } else {
    envelope.header.msg_control = nullptr;
    envelope.header.msg_controllen = 0;
  }
  if (sendmsg(socket_, &envelope.header, MSG_NOSIGNAL) == sizeof copy) return std::nullopt;
  if (errno == EPIPE || errno == ECONNRESET) return PeerDied();
  return Because("unknown", "nothing can be sent to the other process: %s", std::strerror(errno));
}

std::optional<Failure> Channel::Receive(Message& message, int* descriptor) const {
  pollfd sources[] = {{CancellationDescriptor(), POLLIN, 0}, {socket_, POLLIN, 0}};
  while (poll(sources, 2, -1) < 0) {
  }
  if (sources[0].revents != 0) return Cancellation();
  Envelope envelope(&message);
  if (recvmsg(socket_, &envelope.header, MSG_CMSG_CLOEXEC) != sizeof message) return PeerDied();
  int enclosed = Enclosed(envelope);
  if (descriptor != nullptr) {
    *descriptor = enclosed;
  } else if (enclosed >= 0) {
    close(enclosed);
  }
  if (message.failed) return message.failure;
  return std::nullopt;
}

bool Channel::IsDeserted() const {
  pollfd source{socket_, POLLRDHUP, 0};
  return poll(&source, 1, 0) == 1 && (source.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void Channel::Close() {
  if (socket_ >= 0) close(Take());
}

int Channel::Take() {
  const int socket = socket_;
  socket_ = -1;
  return socket;
}
