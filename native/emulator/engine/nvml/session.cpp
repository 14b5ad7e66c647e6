#include "emulator/engine/nvml/session.h"

#include <unistd.h>

#include <vector>

namespace emulator {
namespace {

std::vector<std::uint64_t> PresentGpus(const Settings& settings) {
  std::vector<std::uint64_t> gpus;
  for (std::uint64_t gpu = 0; gpu < settings.gpus; ++gpu) {
    if (!settings.IsLost(gpu)) gpus.push_back(gpu);
  }
  return gpus;
}

}  // namespace

NvmlSession& NvmlSession::Of(Emulator& emulator) {
  static auto* session = new NvmlSession(emulator);
  return *session;
}

void NvmlSession::Init(bool attach) {
  const std::lock_guard lock(mutex_);
  const Instant start = Now();
  Seconds time(0);
  if (references_ == 0) time = emulator_.pacer.Draw(Latency::kNvmlInit);
  const std::size_t cold =
      attach ? emulator_.ledger.Attach(Role::kNvmlAttached, PresentGpus(emulator_.settings)) : 0;
  for (std::size_t i = 0; i < cold; ++i) time += emulator_.pacer.Draw(Latency::kFirstTouch);
  SleepUntil(start + time);
  ++references_;
  attached_ = attached_ || attach;
}

bool NvmlSession::Shutdown() {
  const std::lock_guard lock(mutex_);
  if (references_ == 0) return false;
  if (--references_ > 0) return true;
  emulator_.ledger.Detach(Role::kNvmlAttached);
  attached_ = false;
  return true;
}

unsigned int NvmlSession::GpuCount() {
  const std::lock_guard lock(mutex_);
  return attached_ ? static_cast<unsigned int>(emulator_.settings.gpus) : 0;
}

bool NvmlSession::IsInitialized() {
  const std::lock_guard lock(mutex_);
  return references_ > 0 && getpid() == emulator_.pid;
}

}  // namespace emulator
