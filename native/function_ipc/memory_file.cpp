#include "function_ipc/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "function_ipc/numa.h"

namespace {

Failure ShmFull(std::size_t bytes) {
  return Because("shm_full", "no %zu bytes of shared memory: %s", bytes, std::strerror(errno));
}

/// Nobody may make a program of it, which some systems insist on and older ones do not know.
int MakeFile() {
  constexpr unsigned kNoExecSeal = 8;  // MFD_NOEXEC_SEAL of Linux 6.3
  const int made = memfd_create("cudaprobe", MFD_CLOEXEC | kNoExecSeal);
  return made >= 0 || errno != EINVAL ? made : memfd_create("cudaprobe", MFD_CLOEXEC);
}

}  // namespace

std::optional<Failure> MemoryFile::Create(std::size_t bytes, int node) {
  (void)std::signal(SIGXFSZ, SIG_IGN);  // the call tells
  Close();
  descriptor_ = MakeFile();
  if (descriptor_ < 0) return ShmFull(bytes);
  return Reserve(bytes, node);
}

std::optional<Failure> MemoryFile::Reserve(std::size_t bytes, int node) const {
  if (ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) return ShmFull(bytes);
  // The wish is remembered with the file, when it is uttered of a mapping.
  void* const all = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (all == MAP_FAILED) return ShmFull(bytes);
  PreferNode(all, bytes, node);
  munmap(all, bytes);
  while (fallocate(descriptor_, 0, 0, static_cast<off_t>(bytes)) != 0) {
    if (errno != EINTR) return ShmFull(bytes);
  }
  return std::nullopt;
}

void MemoryFile::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

std::optional<Failure> Mapping::Map(int descriptor, std::size_t bytes) {
  const int flags = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
  void* const data =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags | MAP_POPULATE, descriptor, 0);
  if (data == MAP_FAILED) {
    return Because(descriptor < 0 ? "oom" : "shm_full", "%zu bytes cannot be mapped: %s", bytes,
                   std::strerror(errno));
  }
  data_ = static_cast<unsigned char*>(data);
  bytes_ = bytes;
  return std::nullopt;
}

void Mapping::Unmap() {
  if (data_ != nullptr) munmap(data_, bytes_);
  data_ = nullptr;
  bytes_ = 0;
}
