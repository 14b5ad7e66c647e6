#pragma once

#include <functional>
#include <string>

#include "emulator/test/check.h"

namespace emulator::test {

/// One end of a connection between two processes. Values travel as their bytes.
class Channel {
 public:
  explicit Channel(int socket) : socket_(socket) {}

  template <typename Value>
  void Send(const Value& value) const {
    SendBytes(&value, sizeof value);
  }

  template <typename Value>
  Value Receive() const {
    Value value{};
    ReceiveBytes(&value, sizeof value);
    return value;
  }

  void SendDescriptor(int descriptor) const;
  [[nodiscard]] int ReceiveDescriptor() const;

  void Close() const;

 private:
  void SendBytes(const void* bytes, std::size_t length) const;
  void ReceiveBytes(void* bytes, std::size_t length) const;

  int socket_;
};

/// Another process with a context, which does `body` while this one talks with it. Made before
/// this process loads a library. Killed at the latest when the scope ends.
class Peer {
 public:
  using Body = std::function<void(const Cuda&, const Channel&)>;

  Peer(const Scene& scene, const std::string& configuration, const Body& body);
  ~Peer() { channel_.Close(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  [[nodiscard]] const Channel& Connection() const { return channel_; }

  /// Waits for its end. Its checks have held then, or the case fails.
  void Finish();

  /// Returns when it is dead, and was not asked.
  void Kill();

 private:
  Peer(const Scene& scene, const std::string& configuration, const Body& body, int sockets[2]);

  Channel channel_;
  Process process_;
};

}  // namespace emulator::test
