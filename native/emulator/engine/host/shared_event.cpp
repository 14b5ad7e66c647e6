#include "emulator/engine/host/shared_event.h"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>
#include <utility>

namespace emulator {
namespace {

// How often a waiting process looks whether the one that it waits for lives.
constexpr timespec kLook{0, 10'000'000};

/// Numbers go round after 2^32, so it is their distance that tells which is later.
bool IsReached(std::uint32_t done, std::uint32_t number) {
  return static_cast<std::int32_t>(done - number) >= 0;
}

void Futex(const std::atomic<std::uint32_t>& word, int operation, std::uint32_t value) {
  syscall(SYS_futex, &word, operation, value, &kLook, nullptr, 0);
}

}  // namespace

std::shared_ptr<SharedEvent> SharedEvent::Of(SharedFile file, bool own) {
  void* state = file.Bytes() < sizeof(State) ? nullptr : file.Map(nullptr, sizeof(State));
  if (state == nullptr) return nullptr;
  return std::shared_ptr<SharedEvent>(new SharedEvent(std::move(file), state, own));
}

std::shared_ptr<SharedEvent> SharedEvent::Make() {
  auto file = SharedFile::Make(sizeof(State));
  return file ? Of(*std::move(file), true) : nullptr;
}

SharedEvent::Opened SharedEvent::OpenAt(const FileAddress& address) {
  auto opened = SharedFile::OpenAt(address);
  if (!opened.file) return {opened.found, nullptr};
  return {opened.found, Of(*std::move(opened.file), false)};
}

SharedEvent::~SharedEvent() {
  munmap(state_, sizeof(State));
}

std::uint32_t SharedEvent::Record() {
  static const ProcessId self = ThisProcess();
  state_->recorder_pid = self.pid;
  state_->recorder_start_time = self.start_time;
  return ++state_->recorded;
}

void SharedEvent::Finish(std::uint32_t number) {
  std::uint32_t done = state_->done;
  while (!IsReached(done, number) && !state_->done.compare_exchange_weak(done, number)) {
  }
  Futex(state_->done, FUTEX_WAKE, INT_MAX);
}

std::uint32_t SharedEvent::Recorded() const {
  return state_->recorded;
}

bool SharedEvent::IsDone(std::uint32_t number) const {
  return IsReached(state_->done, number);
}

bool SharedEvent::IsRecorderAlive() const {
  return IsAlive({state_->recorder_pid, state_->recorder_start_time});
}

void SharedEvent::Wait(std::uint32_t number) const {
  for (;;) {
    const std::uint32_t done = state_->done;
    if (IsReached(done, number) || !IsRecorderAlive()) return;
    Futex(state_->done, FUTEX_WAIT, done);
  }
}

}  // namespace emulator
