// A socket between two processes of a probe, through which their data goes.
#pragma once

#include <cstddef>
#include <optional>

#include "common/failure.h"

/// One end. It waits without using the processor.
class ByteStream {
 public:
  ByteStream() = default;
  ~ByteStream() { Close(); }
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Two ends of a unix socket, or of a TCP connection over the loopback interface. The failure is
  /// `not_started` where the host gives none.
  static std::optional<Failure> ConnectUnix(ByteStream& one, ByteStream& other);
  static std::optional<Failure> ConnectTcp(ByteStream& one, ByteStream& other);

  /// Takes an end that came from another process.
  void Adopt(int socket);
  [[nodiscard]] int Descriptor() const { return socket_; }

  /// Writes all, or reads all. `peer_died` when the other end is closed before that, `cancelled`
  /// when SIGTERM comes.
  [[nodiscard]] std::optional<Failure> Write(const void* data, std::size_t bytes) const;
  [[nodiscard]] std::optional<Failure> Read(void* data, std::size_t bytes) const;

  void Close();

 private:
  [[nodiscard]] std::optional<Failure> Await(short events) const;

  int socket_ = -1;
};
