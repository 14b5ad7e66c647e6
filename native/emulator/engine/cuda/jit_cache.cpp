#include "emulator/engine/cuda/jit_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emulator/engine/environment.h"
#include "emulator/engine/hash.h"

namespace emulator {
namespace {

/// Also those above it.
void MakeDirectories(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), 0777);
  }
  mkdir(path.c_str(), 0777);
}

}  // namespace

JitCache JitCache::FromEnvironment() {
  if (Environment("CUDA_CACHE_DISABLE").value_or("0") == "1") return JitCache(std::nullopt);
  if (auto path = Environment("CUDA_CACHE_PATH")) return JitCache(std::move(path));
  const auto home = Environment("HOME");
  return JitCache(home ? std::optional(*home + "/.nv/ComputeCache") : std::nullopt);
}

std::string JitCache::FileOf(std::string_view key) const {
  return *directory_ + "/cudaprobe-emulator-" + std::to_string(HashOf(key));
}

bool JitCache::Has(std::string_view key) const {
  return directory_ && access(FileOf(key).c_str(), F_OK) == 0;
}

void JitCache::Keep(std::string_view key) const {
  if (!directory_) return;
  MakeDirectories(*directory_);
  // The name is all there is to keep: nothing was compiled.
  const int file = open(FileOf(key).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file >= 0) close(file);
}

}  // namespace emulator
