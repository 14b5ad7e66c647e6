#include "emulator/engine/cuda/context.h"

#include <utility>

#include "emulator/engine/cuda/copy.h"

namespace emulator {
namespace {

Status StatusOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return Status::kSuccess;
    case Refusal::kNoMemory:
      return Status::kOutOfMemory;
    case Refusal::kHeldByOthers:
      return Status::kDeviceUnavailable;
    case Refusal::kTooManyClients:
      return Status::kMpsMaxClientsReached;
  }
  return Status::kInvalidValue;
}

}  // namespace

Status Context::Health() const {
  const bool left = mps_ != nullptr && mps_->IsServerGone();
  return left ? Status::kMpsRpcFailure : static_cast<Status>(broken_.load());
}

Status Context::Open() {
  const bool alone = mps_ == nullptr;
  if (!alone && mps_->IsServerGone()) return Status::kMpsRpcFailure;
  const ProcessId server = alone ? ProcessId{} : mps_->Server();
  const Status status = StatusOf(emulator_.ledger.OpenContext(gpu_, server));
  if (status != Status::kSuccess) return status;
  const Latency latency = alone ? Latency::kContext : Latency::kMpsContext;
  emulator_.driver_lock.Spend(emulator_.pacer.Draw(latency));
  if (!alone) mps_->TellOfContext();
  contents_ = std::make_unique<Contents>(emulator_);
  broken_ = 0;
  return Status::kSuccess;
}

Status Context::Retain() {
  if (!IsActive()) {
    const Status status = Open();
    if (status != Status::kSuccess) return status;
  }
  ++references_;
  return Status::kSuccess;
}

Status Context::Release() {
  if (!IsActive()) return Status::kInvalidContext;
  if (--references_ > 0) return Status::kSuccess;
  AwaitAll();
  const Pace pace(emulator_.pacer.Draw(Latency::kRelease));
  contents_.reset();
  emulator_.ledger.CloseContext(gpu_);
  return Status::kSuccess;
}

void Context::AwaitAll() {
  for (const Wait& wait : contents_->streams.AllPending()) wait.stream->Await(wait.ticket);
}

Context::Allocated Context::Enter(const MemoryRange& range) {
  contents_->memory.Add(range, Origin::kAllocated);
  return {Status::kSuccess, range.Address()};
}

Context::Allocated Context::Allocate(std::size_t bytes) {
  if (bytes == 0) return {Status::kInvalidValue, 0};
  const Pace pace(emulator_.pacer.Draw(Latency::kAllocate));
  // More than the GPU has is refused before rounding, which could overflow.
  if (bytes > emulator_.settings.profile.memory_total_bytes) return {Status::kOutOfMemory, 0};
  SmallBlocks& shared = contents_->small_blocks;
  const bool shares = SmallBlocks::Takes(bytes);
  if (const auto room = shares ? shared.Take(bytes) : std::nullopt) return Enter(*room);
  const std::uint64_t blocks = RoundedToBlocks(bytes);
  const Status status = StatusOf(emulator_.ledger.Take(gpu_, blocks));
  if (status != Status::kSuccess) return {status, 0};
  const auto memory = Allocation::Map(blocks);
  if (memory && contents_->has_exported) memory->Share();
  if (memory) return Enter(shares ? shared.TakeFrom(memory, bytes) : MemoryRange{memory, 0, bytes});
  emulator_.ledger.Give(gpu_, blocks);
  return {Status::kOutOfMemory, 0};
}

Status Context::Free(std::uint64_t address) {
  const auto range = contents_->memory.Remove(address, Origin::kAllocated);
  if (!range) return Status::kInvalidValue;
  AwaitAll();
  const bool shares = SmallBlocks::Takes(range->bytes);
  const bool emptied = !shares || contents_->small_blocks.Give(*range);
  if (emptied) emulator_.ledger.Give(gpu_, RoundedToBlocks(range->bytes));
  return Status::kSuccess;
}

Context::Charged Context::ChargeFor(std::uint64_t bytes) {
  const Status status = StatusOf(emulator_.ledger.Take(gpu_, bytes));
  if (status != Status::kSuccess) return {status, nullptr};
  const auto give = [this, bytes, life = std::weak_ptr(contents_->life)](const void*) {
    if (!life.expired()) emulator_.ledger.Give(gpu_, bytes);
  };
  return {status, std::shared_ptr<const void>(this, give)};
}

bool Context::HasIpc() const {
  return emulator_.settings.profile.legacy_ipc && emulator_.settings.MigAt(gpu_) == nullptr;
}

bool Context::HasIpcEvents() const {
  return emulator_.settings.profile.ipc_events && emulator_.settings.MigAt(gpu_) == nullptr;
}

Context::Exported Context::Export(std::uint64_t address) {
  if (!HasIpc()) return {Status::kNotSupported, {}};
  const Pace pace(emulator_.pacer.Draw(Latency::kIpcGetHandle));
  const auto* entry = contents_->memory.At(address);
  const bool own = entry != nullptr && entry->origin == Origin::kAllocated;
  if (!own) return {Status::kInvalidValue, {}};
  if (!entry->range.allocation->IsShared()) AwaitAll();
  const auto handle = HandleOf(entry->range);
  if (!handle) return {Status::kOutOfMemory, {}};
  contents_->has_exported = true;
  return {Status::kSuccess, *handle};
}

Context::Allocated Context::Import(const MemoryHandle& handle) {
  if (!HasIpc()) return {Status::kNotSupported, 0};
  const Pace pace(emulator_.pacer.Draw(Latency::kIpcOpen));
  const auto opened = contents_->imports.Open(handle);
  return {opened.status, opened.address};
}

Status Context::CloseImport(std::uint64_t address) {
  if (!HasIpc()) return Status::kNotSupported;
  const Pace pace(emulator_.pacer.Draw(Latency::kIpcClose));
  AwaitAll();
  return contents_->imports.Close(address);
}

Status Context::Start(StreamHandle& stream, const Function& function, void* const* parameters) {
  Work work;
  const Launch launch = function.kernel->prepare(contents_->memory, parameters);
  const bool first = !std::exchange(contents_->has_launched, true);
  work.length = emulator_.pacer.Draw(first ? Latency::kFirstKernel : Latency::kKernel) +
                DeviceSeconds(emulator_, launch.bytes);
  work.effect = [this, launch] {
    if (launch.status != Status::kSuccess) broken_ = static_cast<int>(launch.status);
    if (launch.effect) launch.effect();
  };
  contents_->streams.Enqueue(stream, std::move(work));
  return Status::kSuccess;
}

}  // namespace emulator
