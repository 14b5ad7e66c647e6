#include "common/probe.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "common/cancellation.h"
#include "common/json_line.h"

namespace {

constexpr int kProtocol = 1;
constexpr std::size_t kMessageLimit = 1024;
constexpr int kFailureExit = 1;
constexpr int kSkippedExit = 77;

Reading ReadUsage() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return {0, FromTimeval(usage.ru_utime) + FromTimeval(usage.ru_stime), usage.ru_majflt};
}

int ReadInstance() {
  const char* const text = std::getenv("CUDAPROBE_INSTANCE");
  return text == nullptr ? 0 : static_cast<int>(std::strtol(text, nullptr, 10));
}

/// Says that this instance is ready, and waits until all are: the launcher closes descriptor 4.
void WaitAtBarrier() {
  constexpr int kReady = 3;
  constexpr int kGate = 4;
  const char* const several = std::getenv("CUDAPROBE_BARRIER");
  if (several == nullptr || std::strcmp(several, "1") != 0) return;
  char byte = 0;
  if (write(kReady, &byte, 1) != 1) return;  // nobody asked
  close(kReady);
  while (read(kGate, &byte, 1) > 0) {
  }
  close(kGate);
}

}  // namespace

Reading ReadBeforeWork() {
  Reading reading = ReadUsage();
  reading.at = ReadClock();
  return reading;
}

Reading ReadAfterWork() {
  const Nanoseconds at = ReadClock();
  Reading reading = ReadUsage();
  reading.at = at;
  return reading;
}

Probe::Probe(const char* name) : name_(name), spawned_(ReadAfterWork()), instance_(ReadInstance()) {
  HoldSignals();
}

void Probe::Start() {
  heard_ = JsonLine("hello", instance_)
               .Integer("protocol", kProtocol)
               .Text("probe", name_)
               .Integer("pid", getpid())
               .Text("build", CUDAPROBE_BUILD)
               .Write(STDOUT_FILENO);
  heard_ = heard_ && JsonLine("end", instance_)
                         .Text("phase", "spawn")
                         .Seconds("at_seconds", spawned_.at)
                         .Seconds("cpu_seconds", spawned_.cpu)
                         .Integer("major_faults", spawned_.major_faults)
                         .Write(STDOUT_FILENO);
  WaitAtBarrier();
}

bool Probe::Proceeds() {
  if (!failure_ && Cancelled()) failure_ = Cancellation();
  return !failure_ && heard_;
}

bool Probe::Begin(const char* phase) {
  if (!Proceeds()) return false;
  heard_ = JsonLine("begin", instance_)
               .Text("phase", phase)
               .Seconds("at_seconds", ReadClock())
               .Write(STDOUT_FILENO);
  return heard_;
}

void Probe::End(const char* phase, const Reading& began, const Reading& ended) {
  heard_ = JsonLine("end", instance_)
               .Text("phase", phase)
               .Seconds("at_seconds", ended.at)
               .Seconds("began_at_seconds", began.at)
               .Seconds("cpu_seconds", ended.cpu - began.cpu)
               .Integer("major_faults", ended.major_faults - began.major_faults)
               .Write(STDOUT_FILENO);
  pauses_.After(phase, ended.at);
}

void Probe::Fail(const char* phase, const Failure& failure) {
  failure_ = failure;
  failed_phase_ = failure.phase == nullptr ? phase : failure.phase;
}

void Probe::Sample(const char* name, double value, std::initializer_list<Label> labels) {
  if (!heard_ || !std::isfinite(value)) return;
  JsonLine line("sample", instance_);
  line.Text("name", name).Number("value", value);
  if (labels.size() > 0) line.Open("labels");
  for (const Label& label : labels) line.Text(label.name, label.text);
  heard_ = line.Write(STDOUT_FILENO);
}

int Probe::Finish() {
  JsonLine line("result", instance_);
  line.Text("outcome", failure_ ? failure_->outcome : "success");
  if (failure_) {
    line.Text("reason", failure_->reason);
    if (failed_phase_ != nullptr) line.Text("phase", failed_phase_);
    if (failure_->code[0] != '\0') line.Text("code", failure_->code);
    if (failure_->message[0] != '\0') line.Text("message", failure_->message, kMessageLimit);
  }
  heard_ = heard_ && line.Write(STDOUT_FILENO);
  pauses_.Finish(failure_, failed_phase_);
  if (!heard_) return kFailureExit;
  if (!failure_) return 0;
  return std::strcmp(failure_->outcome, "skipped") == 0 ? kSkippedExit : kFailureExit;
}
