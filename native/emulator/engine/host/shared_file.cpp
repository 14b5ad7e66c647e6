#include "emulator/engine/host/shared_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace emulator {
namespace {

constexpr const char* kName = "cudaprobe-emulator";

std::string LinkTo(const std::string& process, std::int64_t descriptor) {
  return "/proc/" + process + "/fd/" + std::to_string(descriptor);
}

/// Whether the descriptor is of a file that Make made, in whatever process.
bool IsOurs(int descriptor) {
  const std::string expected = std::string("/memfd:") + kName;
  std::array<char, 64> target{};
  const ssize_t length =
      readlink(LinkTo("self", descriptor).c_str(), target.data(), target.size() - 1);
  // While somebody hides /proc its name is not known, and any file of memory will do.
  if (length < 0) return fcntl(descriptor, F_GET_SEALS) >= 0;
  return length > 0 && std::string_view(target.data()).substr(0, expected.size()) == expected;
}

std::uint64_t InodeOf(int descriptor) {
  struct stat facts {};
  return fstat(descriptor, &facts) == 0 ? facts.st_ino : 0;
}

std::uint64_t FindPidNamespace() {
  struct stat facts {};
  return stat("/proc/self/ns/pid", &facts) == 0 ? facts.st_ino : 0;
}

// Both stay as they are for as long as a process may use the driver.

std::uint64_t PidNamespace() {
  static const std::uint64_t found = FindPidNamespace();
  return found;
}

const ProcessId& Self() {
  static const ProcessId self = ThisProcess();
  return self;
}

/// Who may not be looked into is there all the same.
Found WhyNot(const FileAddress& address) {
  if (address.pid_namespace != PidNamespace()) return Found::kElsewhere;
  if (address.process == Self()) return Found::kOwn;
  return IsAlive(address.process) ? Found::kThere : Found::kGone;
}

}  // namespace

std::optional<SharedFile> SharedFile::Make(std::size_t bytes) {
  const int descriptor = memfd_create(kName, MFD_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  SharedFile file(descriptor, bytes);
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return std::nullopt;
  return file;
}

std::optional<SharedFile> SharedFile::Own(int descriptor) {
  if (descriptor < 0) return std::nullopt;
  struct stat facts {};
  if (fstat(descriptor, &facts) == 0 && IsOurs(descriptor)) {
    return SharedFile(descriptor, static_cast<std::size_t>(facts.st_size));
  }
  close(descriptor);
  return std::nullopt;
}

std::optional<SharedFile> SharedFile::Adopt(int descriptor) {
  return Own(fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
}

SharedFile::Opened SharedFile::OpenAt(const FileAddress& address) {
  const Found found = WhyNot(address);
  if (found != Found::kThere) return {found, std::nullopt};
  const std::string link = LinkTo(std::to_string(address.process.pid), address.descriptor);
  // O_NONBLOCK: by now the number may be another file's, one that would keep its opener waiting.
  const int descriptor = open(link.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return {errno == EACCES ? Found::kForbidden : Found::kGone, std::nullopt};
  const bool same = InodeOf(descriptor) == address.inode;
  auto file = Own(descriptor);
  if (!file || !same) return {Found::kGone, std::nullopt};
  return {Found::kThere, std::move(file)};
}

SharedFile::SharedFile(SharedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), bytes_(other.bytes_) {}

SharedFile::~SharedFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

FileAddress SharedFile::Address() const {
  return {Self(), PidNamespace(), InodeOf(descriptor_), descriptor_};
}

int SharedFile::Duplicate() const {
  return fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
}

void* SharedFile::Map(void* at, std::size_t bytes) const {
  const int placed = at == nullptr ? 0 : MAP_FIXED;
  void* data =
      mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE | placed, descriptor_, 0);
  return data == MAP_FAILED ? nullptr : data;
}

}  // namespace emulator
