#include "emulator/engine/host/registry.h"

namespace emulator {
namespace {

/// Remembers the last answer: a process has several records, most often one after the other.
class AliveCheck {
 public:
  bool operator()(const ProcessId& process) {
    if (!(process == last_)) {
      last_ = process;
      alive_ = IsAlive(process);
    }
    return alive_;
  }

 private:
  ProcessId last_;
  bool alive_ = false;
};

double SecondsNow() {
  return Now().time_since_epoch().count();
}

/// A stamp in the future was written before the host was booted.
bool IsReclaimed(const Record& record, Seconds reclaim) {
  const double age = SecondsNow() - record.dead_since;
  return age < 0 || age >= reclaim.count();
}

void SweepRecord(Record& record, Seconds reclaim) {
  if (record.dead_since == 0) record.dead_since = SecondsNow();
  const bool holds = record.role == Role::kContext || record.role == Role::kMpsServer;
  if (!holds || IsReclaimed(record, reclaim)) record = Record{};
}

}  // namespace

std::optional<Registry> Registry::Open(const std::string& directory, Seconds reclaim) {
  auto memory = SharedMemory::Open(directory + "/registry.v2", sizeof(Records));
  if (!memory) return std::nullopt;
  return Registry(*std::move(memory), directory, reclaim);
}

void Registry::Sweep(Records& records) const {
  AliveCheck alive;
  for (Record& record : records) {
    if (record.role == Role::kNone) continue;
    const bool dead = record.dead_since != 0 || !alive(record.process);
    if (dead) SweepRecord(record, reclaim_);
  }
}

}  // namespace emulator
