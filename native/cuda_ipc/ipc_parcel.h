// What one process hands another so that it can map memory that is not its own.
#pragma once

#include <unistd.h>

#include <cstddef>

/// A file descriptor, closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int Number() const { return number_; }
  /// Where a call writes one, which it then owns.
  int* Receive() {
    Close();
    return &number_;
  }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

/// It goes as a message's `handle`, or its descriptor.
struct IpcParcel {
  unsigned char handle[64] = {};
  Descriptor descriptor;
  std::size_t bytes = 0;  // of the mapping
};
