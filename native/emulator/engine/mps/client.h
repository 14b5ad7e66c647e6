#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emulator/engine/cuda/status.h"
#include "emulator/engine/host/process.h"
#include "emulator/engine/mps/descriptor.h"
#include "emulator/engine/settings/settings.h"

namespace emulator {

/// Where the daemon of MPS is looked for: CUDA_MPS_PIPE_DIRECTORY, else the default.
std::string MpsPipeDirectory(const Settings& settings);

/// What tells one emulated host from another, so that a daemon serves its own alone.
std::string MpsHostName();

/// This process as a client of a server of MPS.
class MpsClient {
 public:
  /// Nothing to join is success without a client, as a real driver goes on without MPS.
  struct Joined;

  /// Asks the daemon for a server, which may have to be started, and connects to it.
  static Joined Join(const Settings& settings);

  [[nodiscard]] const ProcessId& Server() const { return server_; }

  /// The part of the GPU's multiprocessors that the daemon lets its clients use.
  [[nodiscard]] double ActiveThreadPercentage() const { return active_thread_percentage_; }

  [[nodiscard]] bool IsServerGone() const;

  /// Tells the server of a new context, and waits until it knows or is gone.
  void TellOfContext() const;

 private:
  MpsClient(Descriptor connection, const ProcessId& server, double active_thread_percentage);

  static Joined Connect(const std::string& directory, const std::string& reply);

  Descriptor connection_;
  ProcessId server_;
  double active_thread_percentage_;
};

struct MpsClient::Joined {
  Status status;
  std::optional<MpsClient> client;
};

}  // namespace emulator
