#include "emulator/engine/cuda/imports.h"

#include <algorithm>

namespace emulator {
namespace {

constexpr std::uint64_t kMagic = 0x4d454d4f52593031;

}  // namespace

std::optional<MemoryHandle> HandleOf(const MemoryRange& allocation) {
  const SharedFile* file = allocation.allocation->Share();
  if (file == nullptr) return std::nullopt;
  return MemoryHandle{kMagic, file->Address(), allocation.offset};
}

Status StatusOf(Found found) {
  switch (found) {
    case Found::kThere:
      return Status::kSuccess;
    case Found::kOwn:
    case Found::kElsewhere:
      return Status::kInvalidContext;
    case Found::kGone:
      return Status::kInvalidHandle;
    case Found::kForbidden:
      return Status::kMapFailed;
  }
  return Status::kInvalidHandle;
}

Imports::Import* Imports::FindOrMap(const SharedFile& file, std::uint64_t inode) {
  const auto known = std::find_if(imports_.begin(), imports_.end(),
                                  [&](const Import& import) { return import.inode == inode; });
  if (known != imports_.end()) return &*known;
  auto block = Allocation::Map(file);
  if (block == nullptr) return nullptr;
  memory_.Add({block, 0, block->Bytes()}, Origin::kImported);
  return &imports_.emplace_back(Import{inode, std::move(block), {}});
}

Imports::Opened Imports::Open(const MemoryHandle& handle) {
  if (handle.magic != kMagic) return {Status::kInvalidHandle, 0};
  const auto opened = SharedFile::OpenAt(handle.file);
  if (!opened.file) return {StatusOf(opened.found), 0};
  if (handle.offset >= opened.file->Bytes()) return {Status::kInvalidHandle, 0};
  Import* import = FindOrMap(*opened.file, handle.file.inode);
  if (import == nullptr) return {Status::kMapFailed, 0};
  const std::uint64_t address = import->block->Address() + handle.offset;
  ++import->opened[address];
  return {Status::kSuccess, address};
}

Status Imports::Close(std::uint64_t address) {
  const auto found = std::find_if(imports_.begin(), imports_.end(), [&](const Import& import) {
    return import.opened.count(address) > 0;
  });
  if (found == imports_.end()) return Status::kInvalidValue;
  if (--found->opened[address] == 0) found->opened.erase(address);
  if (!found->opened.empty()) return Status::kSuccess;
  memory_.Remove(found->block->Address(), Origin::kImported);
  imports_.erase(found);
  return Status::kSuccess;
}

}  // namespace emulator
