#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace emulator {

/// A file of fixed size that all processes of a host have mapped: what one writes, all see. New
/// files are zero.
class SharedMemory {
 public:
  /// Nothing when the file can neither be opened nor made.
  static std::optional<SharedMemory> Open(const std::string& path, std::size_t bytes);

  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory();

  [[nodiscard]] void* Data() const { return data_; }

 private:
  SharedMemory(void* data, std::size_t bytes) : data_(data), bytes_(bytes) {}

  void* data_;
  std::size_t bytes_;
};

}  // namespace emulator
