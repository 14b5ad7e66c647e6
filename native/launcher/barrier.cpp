#include "launcher/barrier.h"

#include <fcntl.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/json_line.h"

namespace {

constexpr int kReady = 3;
constexpr int kGate = 4;

void Close(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

/// Above the numbers that the instances know, so that handing one over never covers another.
void MoveUp(int& descriptor) {
  constexpr int kLowest = 10;
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, kLowest);
  close(descriptor);
  descriptor = moved;
}

void MakePipe(int (&ends)[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  MoveUp(ends[0]);
  MoveUp(ends[1]);
}

}  // namespace

Barrier::Barrier(int instances) : instances_(instances) {
  if (instances == 1) return;
  MakePipe(ready_);
  MakePipe(gate_);
}

Barrier::~Barrier() {
  AllStarted();
  Close(ready_[0]);
  Close(gate_[1]);
}

void Barrier::HandOver(posix_spawn_file_actions_t* actions) const {
  if (instances_ == 1) return;
  posix_spawn_file_actions_adddup2(actions, ready_[1], kReady);
  posix_spawn_file_actions_adddup2(actions, gate_[0], kGate);
}

void Barrier::AllStarted() {
  Close(ready_[1]);
  Close(gate_[0]);
}

void Barrier::Count() {
  char bytes[64];
  const ssize_t count = read(ready_[0], bytes, sizeof bytes);
  arrived_ += count > 0 ? static_cast<int>(count) : instances_;
}

void Barrier::OpenWhenReady(int ended) {
  if (ended < instances_ && arrived_ + ended >= instances_) Open();
}

void Barrier::Open() {
  if (gate_[1] < 0) return;
  const Nanoseconds at = ReadClock();
  Close(gate_[1]);
  JsonLine("released", 0).Seconds("at_seconds", at).Write(STDOUT_FILENO);
}
