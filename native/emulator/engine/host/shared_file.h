#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "emulator/engine/host/process.h"

namespace emulator {

/// Where another process finds a file of this one: enough to tell whether it is still that file.
struct FileAddress {
  ProcessId process;
  std::uint64_t pid_namespace = 0;  // the one in which the process has that number
  std::uint64_t inode = 0;
  std::int64_t descriptor = -1;
};

/// What comes of looking for a file by its address.
enum class Found {
  kThere,
  kOwn,        // it is this process's own
  kElsewhere,  // the process is in another PID namespace
  kGone,       // the process, or the file in it, is no longer there
  kForbidden,  // this user may not look into that process
};

/// Memory in a file without a name, which other processes can map, too. It is gone with the last
/// descriptor and the last mapping, however the processes ended that had them.
class SharedFile {
 public:
  /// A file of so many zero bytes, of which none takes memory before it is touched. Nothing when
  /// the host has no room or no descriptor for it.
  static std::optional<SharedFile> Make(std::size_t bytes);

  /// A file that was passed on, when it is one of these. The descriptor stays the caller's.
  static std::optional<SharedFile> Adopt(int descriptor);

  struct Opened;
  static Opened OpenAt(const FileAddress& address);

  SharedFile(SharedFile&& other) noexcept;
  SharedFile& operator=(SharedFile&&) = delete;
  ~SharedFile();

  [[nodiscard]] std::size_t Bytes() const { return bytes_; }
  [[nodiscard]] FileAddress Address() const;

  /// Another descriptor of it, closed on exec; -1 when there is none left.
  [[nodiscard]] int Duplicate() const;

  /// Maps the first `bytes`, to be read and written: in the place of what is mapped `at`, or where
  /// there is room. Null when it cannot be.
  [[nodiscard]] void* Map(void* at, std::size_t bytes) const;

 private:
  SharedFile(int descriptor, std::size_t bytes) : descriptor_(descriptor), bytes_(bytes) {}

  static std::optional<SharedFile> Own(int descriptor);

  int descriptor_;
  std::size_t bytes_;
};

struct SharedFile::Opened {
  Found found;
  std::optional<SharedFile> file;  // when it was there
};

}  // namespace emulator
