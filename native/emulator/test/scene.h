#pragma once

#include <functional>
#include <string>

#include "emulator/test/cuda_table.h"
#include "emulator/test/nvml_table.h"

namespace emulator::test {

/// A directory for one case, and the libraries under test.
class Scene {
 public:
  explicit Scene(std::string libraries);
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  [[nodiscard]] const std::string& Directory() const { return directory_; }
  [[nodiscard]] const std::string& Libraries() const { return libraries_; }

  /// Writes emulator.conf and arms the process, which must not have loaded a library yet. Without
  /// a line that says otherwise time runs a hundred times as fast.
  void Arm(const std::string& configuration) const;

  /// Loads a library with dlopen, as a probe does.
  [[nodiscard]] Cuda LoadCuda() const;
  [[nodiscard]] Nvml LoadNvml() const;

  /// Arm, LoadCuda, cuInit, and a current context on the first device.
  [[nodiscard]] Cuda StartCuda(const std::string& configuration) const;

  /// Arm, LoadNvml and nvmlInit.
  [[nodiscard]] Nvml StartNvml(const std::string& configuration) const;

 private:
  std::string libraries_;
  std::string directory_;
};

/// Another process, which ends with what `body` returns. Killed and waited for at the latest when
/// the scope ends.
class Process {
 public:
  explicit Process(const std::function<int()>& body);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] int Pid() const { return pid_; }
  void Signal(int signal) const;

  /// Waits for its end and returns the status that waitpid has.
  int Wait();

 private:
  int pid_;
  bool waited_ = false;
  int status_ = 0;
};

/// A pipe by which one process tells another that it has come to a point.
class Gate {
 public:
  Gate();
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void Open() const;
  void Await() const;

  /// Whether it was opened within this time.
  [[nodiscard]] bool AwaitFor(int milliseconds) const;

 private:
  int ends_[2];
};

/// A file's text, for what must be in it.
std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& text);

/// From here on the process's standard error goes to this file.
void SendErrorsTo(const std::string& path);

/// How many seconds `body` took.
double SecondsOf(const std::function<void()>& body);

}  // namespace emulator::test
