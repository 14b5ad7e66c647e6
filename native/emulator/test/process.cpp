#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "emulator/engine/timing/clock.h"
#include "emulator/test/scene.h"

namespace emulator::test {

Process::Process(const std::function<int()>& body) : pid_(fork()) {
  if (pid_ == 0) std::exit(body());
}

Process::~Process() {
  if (!waited_) Signal(SIGKILL);
  Wait();
}

void Process::Signal(int signal) const {
  kill(pid_, signal);
}

int Process::Wait() {
  if (!waited_) waitpid(pid_, &status_, 0);
  waited_ = true;
  return status_;
}

Gate::Gate() : ends_{-1, -1} {
  if (pipe2(ends_, O_CLOEXEC) != 0) std::abort();
}

Gate::~Gate() {
  close(ends_[0]);
  close(ends_[1]);
}

void Gate::Open() const {
  if (write(ends_[1], "", 1) != 1) std::abort();
}

void Gate::Await() const {
  char byte = 0;
  if (read(ends_[0], &byte, 1) != 1) std::abort();
}

bool Gate::AwaitFor(int milliseconds) const {
  pollfd readable{ends_[0], POLLIN, 0};
  return poll(&readable, 1, milliseconds) == 1;
}

std::string ReadFile(const std::string& path) {
  std::string text;
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return text;
  for (int letter = std::fgetc(file); letter != EOF; letter = std::fgetc(file)) {
    text += static_cast<char>(letter);
  }
  std::fclose(file);
  return text;
}

void WriteFile(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) std::abort();
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

void SendErrorsTo(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  dup2(file, STDERR_FILENO);
  close(file);
}

double SecondsOf(const std::function<void()>& body) {
  const Instant start = Now();
  body();
  return (Now() - start).count();
}

}  // namespace emulator::test
