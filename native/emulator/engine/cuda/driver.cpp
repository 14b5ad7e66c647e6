#include "emulator/engine/cuda/driver.h"

#include <unistd.h>

#include <algorithm>

#include "emulator/engine/cuda/visible_devices.h"
#include "emulator/engine/environment.h"

namespace emulator {
namespace {

thread_local Context* current_context = nullptr;

}  // namespace

Driver& Driver::Of(Emulator& emulator) {
  static auto* driver = new Driver(emulator);
  return *driver;
}

/// A GPU that is lost is not there at all.
std::vector<std::uint64_t> Driver::FindGpus() const {
  std::vector<PresentGpu> present;
  for (std::uint64_t gpu = 0; gpu < emulator_.settings.gpus; ++gpu) {
    if (emulator_.settings.IsLost(gpu)) continue;
    present.push_back({gpu, UuidText(emulator_.UuidOfGpu(gpu))});
  }
  return VisibleGpus(present, Environment("CUDA_VISIBLE_DEVICES"));
}

Seconds Driver::InitTime(std::size_t visible, std::size_t cold) {
  Seconds time = emulator_.pacer.Draw(Latency::kInit);
  for (std::size_t i = 1; i < visible; ++i) time += emulator_.pacer.Draw(Latency::kInitPerExtraGpu);
  for (std::size_t i = 0; i < cold; ++i) time += emulator_.pacer.Draw(Latency::kFirstTouch);
  return time;
}

Status Driver::Init(unsigned int flags) {
  if (flags != 0) return Status::kInvalidValue;
  if (initialized_) return Status::kSuccess;
  const std::vector<std::uint64_t> gpus = FindGpus();
  const std::size_t cold = emulator_.ledger.Attach(Role::kCudaAttached, gpus);
  emulator_.driver_lock.Spend(InitTime(gpus.size(), cold));
  if (gpus.empty()) return Status::kNoDevice;
  for (const std::uint64_t gpu : gpus) {
    contexts_.push_back(std::make_unique<Context>(emulator_, gpu));
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
