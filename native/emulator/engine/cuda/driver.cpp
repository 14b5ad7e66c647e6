#include "emulator/engine/cuda/driver.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "emulator/engine/cuda/present_gpus.h"

namespace emulator {
namespace {

thread_local Context* current_context = nullptr;

}  // namespace

Driver& Driver::Of(Emulator& emulator) {
  static auto* driver = new Driver(emulator);
  return *driver;
}

/// A client has those that its server has.
std::vector<std::uint64_t> Driver::FindGpus() const {
  if (!mps_) return VisibleHere(emulator_, AllGpus(emulator_.settings));
  return VisibleHere(emulator_, emulator_.ledger.GpusOfMpsServer(mps_->Server()));
}

/// The GPUs of a client were found by its server.
Seconds Driver::InitTime(std::size_t visible, std::size_t cold) {
  if (mps_) return emulator_.pacer.Draw(Latency::kMpsInit);
  Seconds time = emulator_.pacer.Draw(Latency::kInit);
  for (std::size_t i = 1; i < visible; ++i) time += emulator_.pacer.Draw(Latency::kInitPerExtraGpu);
  for (std::size_t i = 0; i < cold; ++i) time += emulator_.pacer.Draw(Latency::kFirstTouch);
  return time;
}

Status Driver::Init(unsigned int flags) {
  if (flags != 0) return Status::kInvalidValue;
  if (initialized_) return Status::kSuccess;
  MpsClient::Joined joined = MpsClient::Join(emulator_.settings);
  if (joined.status != Status::kSuccess) return joined.status;
  mps_ = std::move(joined.client);
  return FindDevices();
}

Status Driver::FindDevices() {
  const std::vector<std::uint64_t> gpus = FindGpus();
  const std::size_t cold = emulator_.ledger.Attach(Role::kCudaAttached, gpus);
  emulator_.driver_lock.Spend(InitTime(gpus.size(), cold));
  if (gpus.empty()) return Status::kNoDevice;
  for (const std::uint64_t gpu : gpus) {
    contexts_.push_back(std::make_unique<Context>(emulator_, gpu, Mps()));
  }
  initialized_ = true;
  return Status::kSuccess;
}

Status Driver::Readiness() const {
  return initialized_ && getpid() == emulator_.pid ? Status::kSuccess : Status::kNotInitialized;
}

Context* Driver::ContextOf(int device) {
  const auto index = static_cast<std::size_t>(device);
  return device >= 0 && index < contexts_.size() ? contexts_[index].get() : nullptr;
}

std::optional<MemoryRange> Driver::RangeAnywhere(std::uint64_t address, std::size_t bytes) const {
  for (const auto& context : contexts_) {
    if (!context->IsActive()) continue;
    if (auto range = context->Memory().Range(address, bytes)) return range;
  }
  return std::nullopt;
}

void Driver::Unmap(const std::vector<MemoryRange>& mapped) {
  for (const auto& context : contexts_) {
    if (!context->IsActive()) continue;
    context->AwaitAll();
    for (const MemoryRange& range : mapped) {
      context->Memory().Remove(range.Address(), Origin::kMapped);
    }
  }
  virtual_.Unmap(mapped);
}

Status Driver::SetCurrent(Context* context) {
  const bool known =
      context == nullptr || std::any_of(contexts_.begin(), contexts_.end(),
                                        [&](const auto& own) { return own.get() == context; });
  if (!known) return Status::kInvalidContext;
  current_context = context;
  return Status::kSuccess;
}

Context* Driver::Current() {
  return current_context;
}

}  // namespace emulator
