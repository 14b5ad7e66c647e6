#include "emulator/engine/cuda/allocation.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace emulator {
namespace {

constexpr std::size_t kPageBytes = 4096;

bool IsZero(const char* data, std::size_t bytes) {
  return data[0] == 0 && std::memcmp(data, data + 1, bytes - 1) == 0;
}

/// Pages of zeros are left out: they take no memory where they are not written.
void CopyPages(char* to, const char* from, std::size_t bytes) {
  for (std::size_t at = 0; at < bytes; at += kPageBytes) {
    const std::size_t length = std::min(kPageBytes, bytes - at);
    if (!IsZero(from + at, length)) std::memcpy(to + at, from + at, length);
  }
}

}  // namespace

std::shared_ptr<Allocation> Allocation::Map(std::size_t bytes) {
  // No page of it is there before it is touched: a program may take more than this host has.
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::make_shared<Allocation>(data, bytes, Kind::kPrivate);
}

std::shared_ptr<Allocation> Allocation::Map(const SharedFile& file) {
  void* data = file.Map(nullptr, file.Bytes());
  if (data == nullptr) return nullptr;
  return std::make_shared<Allocation>(data, file.Bytes(), Kind::kShared);
}

Allocation::~Allocation() {
  if (kind_ != Kind::kBorrowed) munmap(data_, bytes_);
}

char* Allocation::Data() {
  const std::lock_guard lock(mutex_);
  Settle();
  touched_ = true;
  return data_;
}

void Allocation::Defer(std::function<void(char*)> write) {
  const std::lock_guard lock(mutex_);
  Settle();
  deferred_ = std::move(write);
  if (kind_ != Kind::kPrivate) Settle();
}

const SharedFile* Allocation::Share() {
  const std::lock_guard lock(mutex_);
  if (file_) return &*file_;
  auto file = SharedFile::Make(bytes_);
  if (kind_ != Kind::kPrivate || !file || !MoveTo(*file)) return nullptr;
  file_.emplace(*std::move(file));
  kind_ = Kind::kShared;
  Settle();
  return &*file_;
}

bool Allocation::MoveTo(const SharedFile& file) {
  if (touched_) {
    void* copy = file.Map(nullptr, bytes_);
    if (copy == nullptr) return false;
    CopyPages(static_cast<char*>(copy), data_, bytes_);
    munmap(copy, bytes_);
  }
  return file.Map(data_, bytes_) != nullptr;
}

void Allocation::Settle() {
  if (!deferred_) return;
  touched_ = true;
  std::exchange(deferred_, nullptr)(data_);
}

}  // namespace emulator
