#pragma once

#include <string>

namespace emulator {

/// Holds an exclusive flock on a file (made when missing) for the length of a scope. Excludes other
/// processes and other threads; a process that dies lets go.
class FileLock {
 public:
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_;
};

}  // namespace emulator
