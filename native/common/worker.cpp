#include "common/worker.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/cancellation.h"
#include "common/pause.h"
#include "common/spawn.h"

namespace {

/// What a person knows a program by.
const char* NameOf(const char* program) {
  const char* const slash = std::strrchr(program, '/');
  return slash == nullptr ? program : slash + 1;
}

}  // namespace

std::optional<Failure> Worker::Start(const WorkerOrder& order) {
  Pipe report = MakePipe();
  Pipe gate = MakePipe();
  name_ = NameOf(order.program[0]);
  report_ = report.read_end;
  gate_ = gate.write_end;
  if (report_ < 0 || gate_ < 0) {
    const char* const why = std::strerror(errno);
    CloseOnce(report.write_end);
    CloseOnce(gate.read_end);
    return Because("not_started", "%s: no pipe: %s", order.program[0], why);
  }
  SpawnSettings settings;
  settings.Silence(STDOUT_FILENO);
  settings.HandOver(report.write_end, kPauseReport);
  settings.HandOver(gate.read_end, kPauseGate);
  setenv("CUDAPROBE_PAUSE_AFTER", order.pause_after, 1);
  unsetenv("CUDAPROBE_BARRIER");
  spawned_at_ = ReadClock();
  const int error = settings.Spawn(order.program, pid_);
  CloseOnce(report.write_end);
  CloseOnce(gate.read_end);
  if (error != 0) return Because("not_started", "%s: %s", order.program[0], std::strerror(error));
  running_ = true;
  return std::nullopt;
}

std::optional<Failure> Worker::AwaitPause(const char* phase) {
  const Heard heard = Listen();
  if (heard == Heard::kCancelled) return Cancellation();
  const auto paused = heard == Heard::kLine ? ParsePaused(line_) : std::nullopt;
  if (paused && std::strcmp(paused->phase.text, phase) == 0) {
    paused_at_ = paused->at;
    requested_bytes_ = paused->requested_bytes;
    return std::nullopt;
  }
  if (paused)
    return Because("unknown", "%s paused after %s, not %s", name_, paused->phase.text, phase);
  if (heard == Heard::kLine) ended_ = ParseEnded(line_);
  if (auto failure = RunOut()) return failure;
  return Because("unknown", "%s ended without having paused after %s", name_, phase);
}

void Worker::GoOn() {
  const char byte = 0;
  went_on_at_ = ReadClock();
  // One that has died is found out by who waits for its pause.
  (void)(write(gate_, &byte, 1) == 1);
}

void Worker::PauseNoMore() {
  CloseOnce(gate_);
}

std::optional<Failure> Worker::RunOut() {
  PauseNoMore();
  for (Heard heard = Listen(); heard != Heard::kEnd; heard = Listen()) {
    if (heard == Heard::kCancelled) return Cancellation();
    if (!ended_) ended_ = ParseEnded(line_);
  }
  Reap();
  return Verdict();
}

void Worker::Kill() {
  kill(pid_, SIGKILL);
  Reap();
}

void Worker::AskToEnd() {
  if (running_) kill(pid_, SIGTERM);  // it sees that when it goes on
  PauseNoMore();
}

void Worker::End() {
  AskToEnd();
  if (running_) Reap();
  CloseOnce(report_);
}

/// SIGTERM first: a worker that does not stop talking must not keep us.
Worker::Heard Worker::Listen() {
  while (!TakeLine()) {
    pollfd sources[] = {{CancellationDescriptor(), POLLIN, 0}, {report_, POLLIN, 0}};
    if (poll(sources, 2, -1) < 0) continue;
    if (Cancelled()) return Heard::kCancelled;
    const ssize_t count = read(report_, heard_ + length_, sizeof heard_ - length_);
    if (count <= 0) return Heard::kEnd;
    length_ += static_cast<std::size_t>(count);
  }
  return Heard::kLine;
}

/// A line that does not fit is cut in two, neither of which means anything.
bool Worker::TakeLine() {
  const void* const newline = std::memchr(heard_, '\n', length_);
  if (newline == nullptr && length_ < sizeof heard_) return false;
  const std::size_t size =
      newline == nullptr ? length_ - 1
                         : static_cast<std::size_t>(static_cast<const char*>(newline) - heard_);
  std::memcpy(line_, heard_, size);
  line_[size] = '\0';
  length_ -= size + 1;
  std::memmove(heard_, heard_ + size + 1, length_);
  return true;
}

void Worker::Reap() {
  while (wait4(pid_, &status_, 0, nullptr) < 0 && errno == EINTR) {
  }
  reaped_at_ = ReadClock();
  running_ = false;
  CloseOnce(gate_);
  CloseOnce(report_);
}

std::optional<Failure> Worker::Verdict() const {
  if (WIFSIGNALED(status_))
    return Because("crashed", "%s was ended by signal %d", name_, WTERMSIG(status_));
  if (!ended_)
    return Because("unknown", "%s exited with %d and no result", name_, WEXITSTATUS(status_));
  if (std::strcmp(ended_->outcome.text, "success") == 0) return std::nullopt;
  const auto known = [](const Word& word) { return std::strcmp(word.text, "-") != 0; };
  Failure failure = Because(ended_->reason.text, "%s failed in %s", name_, ended_->phase.text);
  if (std::strcmp(ended_->outcome.text, "skipped") == 0) failure.outcome = "skipped";
  if (known(ended_->phase)) failure.phase = ended_->phase.text;
  if (known(ended_->code))
    (void)std::snprintf(failure.code, sizeof failure.code, "%.63s", ended_->code.text);
  return failure;
}
