#include "emulator/engine/fault_injector.h"

#include <unistd.h>

#include <csignal>

#include "emulator/engine/hash.h"

namespace emulator {
namespace {

thread_local bool is_to_spoil = false;

/// As a driver that crashes would end the process: no handler of the program comes between.
void Raise(std::uint64_t number) {
  const int signal = static_cast<int>(number);
  std::signal(signal, SIG_DFL);
  raise(signal);
}

[[noreturn]] void Hang() {
  for (;;) pause();
}

void Happen(const Fault& fault, const Pacer& pacer) {
  SleepUntil(Now() + pacer.Scaled(fault.slow_seconds));
  if (fault.signal != 0) Raise(fault.signal);
  if (fault.hang) Hang();
}

}  // namespace

FaultInjector::FaultInjector(const std::vector<Fault>& faults, const std::string& directory) {
  for (const Fault& fault : faults) {
    const std::string path = directory + "/fault-" + std::to_string(HashOf(fault.text));
    auto host = fault.scope == Fault::Scope::kHost ? SharedCounter::Open(path) : std::nullopt;
    faults_.push_back(std::make_unique<Counted>(Counted{fault, std::move(host), 0}));
  }
}

bool FaultInjector::IsDue(Counted& counted) {
  const std::uint64_t number = counted.host
                                   ? counted.host->Next()
                                   : __atomic_add_fetch(&counted.process, 1, __ATOMIC_RELAXED);
  return counted.fault.nth == 0 || counted.fault.nth == number;
}

std::optional<int> FaultInjector::Inject(std::string_view call, const Pacer& pacer) {
  std::optional<int> code;
  is_to_spoil = false;
  for (const auto& counted : faults_) {
    if (counted->fault.call != call || !IsDue(*counted)) continue;
    Happen(counted->fault, pacer);
    is_to_spoil = is_to_spoil || counted->fault.corrupt;
    if (counted->fault.code && !code) code = static_cast<int>(*counted->fault.code);
  }
  return code;
}

bool FaultInjector::IsToSpoil() {
  return is_to_spoil;
}

}  // namespace emulator
