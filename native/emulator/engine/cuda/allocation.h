#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace emulator {

/// Device memory is accounted in blocks of this size, and mapped in them.
constexpr std::uint64_t kBlockBytes = std::uint64_t{2} << 20U;

constexpr std::uint64_t RoundedToBlocks(std::uint64_t bytes) {
  return (bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
}

/// Some blocks: memory of this host in the place of a GPU's.
class Allocation {
 public:
  /// Null when this host has no address space for it.
  static std::shared_ptr<Allocation> Map(std::size_t bytes);

  Allocation(void* data, std::size_t bytes) : data_(static_cast<char*>(data)), bytes_(bytes) {}
  ~Allocation();
  Allocation(const Allocation&) = delete;
  Allocation& operator=(const Allocation&) = delete;

  /// What a program calls its device pointer.
  [[nodiscard]] std::uint64_t Address() const { return reinterpret_cast<std::uintptr_t>(data_); }
  [[nodiscard]] std::size_t Bytes() const { return bytes_; }

  /// Its bytes, with all that was written to it.
  char* Data();

  /// Writes when somebody looks. A GPU fills memory a hundred times as fast as this host does; so a
  /// kernel's time can be the emulated one.
  void Defer(std::function<void(char*)> write);

 private:
  void Settle();

  std::mutex mutex_;
  char* data_;
  std::size_t bytes_;
  std::function<void(char*)> deferred_;
};

/// A part of an allocation, which stays mapped as long as somebody has the part.
struct MemoryRange {
  std::shared_ptr<Allocation> allocation;
  std::size_t offset;
  std::size_t bytes;

  [[nodiscard]] std::uint64_t Address() const { return allocation->Address() + offset; }
  [[nodiscard]] char* Data() const { return allocation->Data() + offset; }
};

}  // namespace emulator
