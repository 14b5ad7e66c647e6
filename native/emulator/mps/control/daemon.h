#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/mps/descriptor.h"
#include "emulator/engine/result.h"
#include "emulator/engine/timing/clock.h"
#include "emulator/mps/control/server_process.h"
#include "emulator/mps/log.h"
#include "emulator/mps/signals.h"

namespace emulator {

/// The daemon of MPS: gives clients their server, and obeys a console.
class ControlDaemon {
 public:
  /// Takes the directory, made when it is missing, for this daemon alone.
  static Result<ControlDaemon> Open(const std::string& directory);

  /// Serves until it is told to end, by `quit` or SIGTERM. Leaves no process and no file but logs.
  void Run();

 private:
  using Words = std::vector<std::string_view>;
  /// Nothing: the answer is the end of the daemon.
  using Answer = std::optional<std::string>;

  ControlDaemon(std::string directory, Descriptor held, MpsLog log);

  void Wait(const Signals& signals);
  void Heed(const Signals& signals);
  void Reap();
  void Serve();

  Answer Obey(const Words& words);
  Answer Attach(const Words& words);
  Answer StartServer(const Words& words);
  Answer ListServers(const Words& words);
  Answer Percentage(const Words& words);
  Answer Quit(const Words& words);

  bool HasServer();
  void End(char letter, std::optional<Instant> deadline);

  std::string directory_;
  Descriptor held_;  // its lock is the daemon's
  MpsLog log_;
  Descriptor listener_;
  std::optional<ServerProcess> server_;
  double active_thread_percentage_ = 100;
  bool ending_ = false;
  std::optional<Instant> deadline_;       // for the server to end
  std::vector<Descriptor> awaiting_end_;  // consoles
};

}  // namespace emulator
