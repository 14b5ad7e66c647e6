#include "emulator/test/peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace emulator::test {
namespace {

/// Both ends of a connection, for the two processes after the fork.
struct Ends {
  Ends() {
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0) std::abort();
  }
  std::array<int, 2> sockets{};
};

/// A message of one byte with room for a descriptor.
struct Message {
  Message() {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
  }
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr header{};
};

}  // namespace

void Channel::SendBytes(const void* bytes, std::size_t length) const {
  if (send(socket_, bytes, length, 0) != static_cast<ssize_t>(length)) std::abort();
}

void Channel::ReceiveBytes(void* bytes, std::size_t length) const {
  if (recv(socket_, bytes, length, 0) != static_cast<ssize_t>(length)) std::abort();
}

void Channel::SendDescriptor(int descriptor) const {
  Message message;
  cmsghdr* control = CMSG_FIRSTHDR(&message.header);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(control), &descriptor, sizeof descriptor);
  if (sendmsg(socket_, &message.header, 0) != 1) std::abort();
}

int Channel::ReceiveDescriptor() const {
  Message message;
  if (recvmsg(socket_, &message.header, MSG_CMSG_CLOEXEC) != 1) std::abort();
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message.header)), sizeof descriptor);
  return descriptor;
}

void Channel::Close() const {
  close(socket_);
}

Peer::Peer(const Scene& scene, const std::string& configuration, const Body& body)
    : Peer(scene, configuration, body, Ends().sockets.data()) {}

Peer::Peer(const Scene& scene, const std::string& configuration, const Body& body, int sockets[2])
    : channel_(sockets[0]), process_([&] {
        close(sockets[0]);
        body(scene.StartCuda(configuration), Channel(sockets[1]));
        return Failures();
      }) {
  close(sockets[1]);
}

void Peer::Finish() {
  CHECK_EQUAL(process_.Wait(), 0);
}

void Peer::Kill() {
  process_.Signal(SIGKILL);
  process_.Wait();
}

}  // namespace emulator::test
