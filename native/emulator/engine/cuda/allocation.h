#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "emulator/engine/host/shared_file.h"

namespace emulator {

/// Device memory is accounted in blocks of this size, and mapped in them.
constexpr std::uint64_t kBlockBytes = std::uint64_t{2} << 20U;

constexpr std::uint64_t RoundedToBlocks(std::uint64_t bytes) {
  return (bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
}

/// Some blocks: memory of this host in the place of a GPU's.
class Allocation {
 public:
  /// Who ends a mapping, and whether other processes have it, too.
  enum class Kind {
    kPrivate,   // this process's own, until it is shared
    kShared,    // of a file that another process may have mapped
    kBorrowed,  // the same, and whoever mapped it ends it
  };

  /// Null when this host has no address space for it.
  static std::shared_ptr<Allocation> Map(std::size_t bytes);

  /// All of a file. Null as above.
  static std::shared_ptr<Allocation> Map(const SharedFile& file);

  Allocation(void* data, std::size_t bytes, Kind kind)
      : data_(static_cast<char*>(data)), bytes_(bytes), kind_(kind) {}
  ~Allocation();
  Allocation(const Allocation&) = delete;
  Allocation& operator=(const Allocation&) = delete;

  /// What a program calls its device pointer.
  [[nodiscard]] std::uint64_t Address() const { return reinterpret_cast<std::uintptr_t>(data_); }
  [[nodiscard]] std::size_t Bytes() const { return bytes_; }

  [[nodiscard]] bool IsShared() const { return kind_ != Kind::kPrivate; }

  /// Its bytes, with all that was written to it.
  char* Data();

  /// Writes when somebody looks. A GPU fills memory a hundred times as fast as this host does; so a
  /// kernel's time can be the emulated one. Shared memory is written to at once: nobody here knows
  /// when another process looks.
  void Defer(std::function<void(char*)> write);

  /// Moves private memory into a file, under its address, for other processes to map. Nobody may be
  /// using it meanwhile. Null when this host has no room for that.
  const SharedFile* Share();

 private:
  void Settle();
  bool MoveTo(const SharedFile& file);

  std::mutex mutex_;
  char* data_;
  std::size_t bytes_;
  Kind kind_;
  bool touched_ = false;  // there may be something else in it than zeros
  std::optional<SharedFile> file_;
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
