#include "notify/socket.h"

#include <unistd.h>

#include <cstddef>
#include <cstring>

Socket::Socket(const char* name) {
  const std::size_t size = std::strlen(name);
  const bool is_abstract = name[0] == '@';
  if ((name[0] != '/' && !is_abstract) || size < 2 || size >= sizeof address_.sun_path) return;
  address_.sun_family = AF_UNIX;
  std::memcpy(address_.sun_path, name, size);
  if (is_abstract) address_.sun_path[0] = '\0';
  // The zero at the end belongs to a path, and would belong to an abstract name if it were counted.
  length_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size + (is_abstract ? 0 : 1));
  descriptor_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool Socket::IsUsable() const {
  return descriptor_ >= 0;
}

bool Socket::Send(const char* message) const {
  const auto* const address = reinterpret_cast<const sockaddr*>(&address_);
  return sendto(descriptor_, message, std::strlen(message), MSG_NOSIGNAL, address, length_) >= 0;
}
