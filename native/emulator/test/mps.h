#pragma once

#include <string>

#include "emulator/test/scene.h"

namespace emulator::test {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
constexpr std::uint64_t kServerBytes = 66 * kMiB;
constexpr std::uint64_t kServerOverhead = 6 * kMiB;
constexpr std::uint64_t kClientBytes = 74 * kMiB;

/// What a command said, standard error too, and how it ended.
struct Said {
  std::string text;
  int exit_code;
};
Said RunShell(const std::string& command);

/// A daemon of MPS in the foreground. SIGTERM ends it, at the latest with the scope.
class MpsDaemon {
 public:
  /// Arms the scene and starts the daemon for the directory that CUDA_MPS_PIPE_DIRECTORY then
  /// names, DIRECTORY/pipe. Returns when the daemon answers.
  MpsDaemon(const Scene& scene, const std::string& configuration);
  ~MpsDaemon();
  MpsDaemon(const MpsDaemon&) = delete;
  MpsDaemon& operator=(const MpsDaemon&) = delete;

  [[nodiscard]] std::string PipeDirectory() const;

  /// What a console says to a command.
  [[nodiscard]] Said Console(const std::string& command) const;

  /// The number of its server; 0 when it has none.
  [[nodiscard]] int ServerPid() const;

  Process& Running() { return process_; }

 private:
  const Scene& scene_;
  Process process_;
};

/// Another process with a context, which lasts until it is told to end.
class Client {
 public:
  Client(const Scene& scene, const std::string& configuration);

  [[nodiscard]] int Pid() const { return process_.Pid(); }

  /// Lets it make one more call, and tells whether that succeeded.
  bool End();

 private:
  Gate ready_;
  Gate end_;
  Process process_;
};

/// cuInit and a context, in the process that asks.
CUresult StartContext(const Scene& scene);

/// What NVML lists on the first GPU, as "PID:MiB PID:MiB ", the server first.
std::string ComputeList(const Nvml& nvml);
std::string MpsList(const Nvml& nvml);
std::uint64_t UsedBytes(const Nvml& nvml);

/// How the lists show one.
std::string Entry(int pid, std::uint64_t bytes);

}  // namespace emulator::test
