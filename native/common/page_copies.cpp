#include "common/page_copies.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iterator>

#include "common/library.h"
#include "common/resident.h"

namespace {

/// What libcuda loads beside itself when it has to compile, and where the emulator's profiles are.
constexpr const char* kBeside[] = {"libnvidia-ptxjitcompiler.so", "libnvidia-nvvm",
                                   "libnvidia-gpucomp.so", "profiles"};

struct PathText {
  char text[PATH_MAX];
};

PathText Join(const char* directory, const char* name) {
  PathText path{};
  const int length = std::snprintf(path.text, sizeof path.text, "%s/%s", directory, name);
  // What is too long for a path is no file's.
  if (length < 0 || length >= PATH_MAX) path.text[0] = '\0';
  return path;
}

/// Where there is no room for copies nothing is the matter with the driver, nor with its GPU.
std::optional<Failure> CannotCopy(const char* file) {
  if (errno == ENOSPC || errno == EDQUOT)
    return Skipped("page_cache_busy", "no room to copy %s: %s", file, std::strerror(errno));
  return Because("unknown", "cannot copy %s: %s", file, std::strerror(errno));
}

bool CopyAll(int from, int to) {
  constexpr std::size_t kAtOnce = 16U << 20U;
  ssize_t copied = 0;
  while ((copied = sendfile(to, from, nullptr, kAtOnce)) > 0) {
  }
  return copied == 0 && fsync(to) == 0;
}

std::optional<Failure> CopyFile(const char* file, const char* copy) {
  const int from = open(file, O_RDONLY | O_CLOEXEC);
  if (from < 0) return CannotCopy(file);
  const int to = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
  const bool exists = to < 0 && errno == EEXIST;
  const bool copied = exists || (to >= 0 && CopyAll(from, to));
  std::optional<Failure> failure;
  if (!copied) failure = CannotCopy(file);
  close(from);
  if (to >= 0) close(to);
  return failure;
}

/// A link stays one to a copy beside it; a directory is linked to.
std::optional<Failure> CopyEntry(const char* file, const char* copy) {
  struct stat facts {};
  PathText target{};
  if (lstat(file, &facts) != 0) return CannotCopy(file);
  if (S_ISREG(facts.st_mode)) return CopyFile(file, copy);
  if (S_ISDIR(facts.st_mode)) {
    (void)std::snprintf(target.text, sizeof target.text, "%s", file);
  } else if (readlink(file, target.text, sizeof target.text - 1) < 0) {
    return CannotCopy(file);
  }
  if (symlink(target.text, copy) != 0 && errno != EEXIST) return CannotCopy(file);
  return std::nullopt;
}

bool IsWanted(const char* name) {
  return std::any_of(std::begin(kBeside), std::end(kBeside), [&](const char* prefix) {
    return std::strncmp(name, prefix, std::strlen(prefix)) == 0;
  });
}

/// Calls `work` for each entry of `directory` but the two that all have, until one fails.
template <typename Work>
std::optional<Failure> ForEachEntry(const char* directory, Work work) {
  DIR* const entries = opendir(directory);
  if (entries == nullptr) return Because("unknown", "%s: %s", directory, std::strerror(errno));
  std::optional<Failure> failure;
  while (!failure) {
    const dirent* const entry = readdir(entries);
    if (entry == nullptr) break;
    if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
      failure = work(entry->d_name);
  }
  closedir(entries);
  return failure;
}

std::optional<Failure> CopyBeside(const char* folder, const char* directory) {
  return ForEachEntry(folder, [&](const char* name) -> std::optional<Failure> {
    if (!IsWanted(name)) return std::nullopt;
    return CopyEntry(Join(folder, name).text, Join(directory, name).text);
  });
}

std::optional<Failure> EvictOnce(const char* directory, Residence& all) {
  all = {};
  return ForEachEntry(directory, [&](const char* name) -> std::optional<Failure> {
    const std::optional<Residence> one = Evict(Join(directory, name).text);
    if (!one) return Because("unknown", "%s: %s", name, std::strerror(errno));
    all.bytes += one->bytes;
    all.resident_bytes += one->resident_bytes;
    return std::nullopt;
  });
}

}  // namespace

std::optional<Failure> CopyLibraries(const char* libcuda, const char* directory) {
  Library library;
  PathText path{};
  if (std::optional<Failure> failure = library.Open(libcuda)) return failure;
  if (realpath(library.Path(), path.text) == nullptr) return CannotCopy(libcuda);
  if (auto failure = CopyFile(path.text, Join(directory, "libcuda.so.1").text)) return failure;
  *std::strrchr(path.text, '/') = '\0';
  return CopyBeside(path.text, directory);
}

std::optional<Failure> EvictFiles(const char* directory, long long& bytes) {
  constexpr int kAttempts = 5;
  constexpr timespec kPause = {0, 20'000'000};
  Residence all;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) nanosleep(&kPause, nullptr);
    if (auto failure = EvictOnce(directory, all)) return failure;
    bytes = all.bytes;
    if (all.resident_bytes == 0) return std::nullopt;
  }
  return Skipped("page_cache_busy", "%lld of %lld bytes of the copies stay in memory",
                 all.resident_bytes, all.bytes);
}
