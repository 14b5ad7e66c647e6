// Memory without a name, which goes when the last process that maps it does.
#pragma once

#include <cstddef>
#include <optional>

#include "common/failure.h"

/// An anonymous file, owned by its descriptor.
class MemoryFile {
 public:
  MemoryFile() = default;
  ~MemoryFile() { Close(); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Makes it of so many bytes, all there: `shm_full` where they are not to be had. They are of the
  /// NUMA node `node` as far as the system allows; of any when that is negative.
  std::optional<Failure> Create(std::size_t bytes, int node);
  [[nodiscard]] int Descriptor() const { return descriptor_; }
  void Close();

 private:
  [[nodiscard]] std::optional<Failure> Reserve(std::size_t bytes, int node) const;

  int descriptor_ = -1;
};

/// A mapping for reading and writing, with its pages in place.
class Mapping {
 public:
  Mapping() = default;
  ~Mapping() { Unmap(); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  /// Maps a file, or memory of its own where `descriptor` is negative. `shm_full` or `oom`.
  std::optional<Failure> Map(int descriptor, std::size_t bytes);
  [[nodiscard]] unsigned char* Data() const { return data_; }
  [[nodiscard]] std::size_t Bytes() const { return bytes_; }
  void Unmap();

 private:
  unsigned char* data_ = nullptr;
  std::size_t bytes_ = 0;
};
