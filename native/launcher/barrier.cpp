#include "launcher/barrier.h"

#include <unistd.h>

#include "common/clock.h"
#include "common/json_line.h"

namespace {

constexpr int kReady = 3;
constexpr int kGate = 4;

}  // namespace

Barrier::Barrier(const Order& order) : instances_(order.instances) {
  if (!order.barrier) return;
  ready_ = MakePipe();
  gate_ = MakePipe();
}

Barrier::~Barrier() {
  AllStarted();
  CloseOnce(ready_.read_end);
  CloseOnce(gate_.write_end);
}

void Barrier::HandOver(SpawnSettings& settings) const {
  if (gate_.read_end < 0) return;
  settings.HandOver(ready_.write_end, kReady);
  settings.HandOver(gate_.read_end, kGate);
}

void Barrier::AllStarted() {
  CloseOnce(ready_.write_end);
  CloseOnce(gate_.read_end);
}

void Barrier::Count() {
  char bytes[64];
  const ssize_t count = read(ready_.read_end, bytes, sizeof bytes);
  arrived_ += count > 0 ? static_cast<int>(count) : instances_;
}

void Barrier::OpenWhenReady(int ended) {
  if (ended < instances_ && arrived_ + ended >= instances_) Open();
}

void Barrier::Open() {
  if (gate_.write_end < 0) return;
  const Nanoseconds at = ReadClock();
  CloseOnce(gate_.write_end);
  JsonLine("released", 0).Seconds("at_seconds", at).Write(STDOUT_FILENO);
}
