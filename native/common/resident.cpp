#include "common/resident.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kPagesAtOnce = 4096;

/// The file's first `length` bytes, mapped and never touched: that would read them.
class Mapping {
 public:
  Mapping(int descriptor, std::size_t length)
      : start_(mmap(nullptr, length, PROT_READ, MAP_SHARED, descriptor, 0)), length_(length) {}
  ~Mapping() {
    if (start_ != MAP_FAILED) munmap(start_, length_);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  /// -1 when the kernel does not tell.
  [[nodiscard]] long long CountResident() const {
    if (start_ == MAP_FAILED) return -1;
    unsigned char pages[kPagesAtOnce];
    long long resident = 0;
    for (std::size_t at = 0; at < length_; at += sizeof pages * kPage) {
      const std::size_t part = std::min(length_ - at, sizeof pages * kPage);
      if (mincore(static_cast<char*>(start_) + at, part, pages) != 0) return -1;
      const std::size_t count = (part + kPage - 1) / kPage;
      for (std::size_t page = 0; page < count; ++page) resident += pages[page] & 1U;
    }
    return resident;
  }

 private:
  void* start_;
  std::size_t length_;
};

std::optional<Residence> EvictOpen(int descriptor) {
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0) return std::nullopt;
  if (!S_ISREG(facts.st_mode) || facts.st_size == 0) return Residence{};
  // Only clean pages can be dropped.
  if (fsync(descriptor) != 0) return std::nullopt;
  (void)posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  const Mapping mapping(descriptor, static_cast<std::size_t>(facts.st_size));
  const long long resident = mapping.CountResident();
  if (resident < 0) return std::nullopt;
  return Residence{facts.st_size,
                   std::min<long long>(facts.st_size, resident * static_cast<long long>(kPage))};
}

}  // namespace

std::optional<Residence> Evict(const char* file) {
  const int descriptor = open(file, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  const std::optional<Residence> residence = EvictOpen(descriptor);
  close(descriptor);
  return residence;
}
