#pragma once

#include <optional>
#include <string>

#include "emulator/engine/host/process.h"
#include "emulator/engine/mps/descriptor.h"

namespace emulator {

/// A server that the daemon has started, and has to wait for.
class ServerProcess {
 public:
  /// Clients may connect at once: they wait until it is ready or gone. Nothing when the program
  /// beside this one cannot be started.
  static std::optional<ServerProcess> Start(const std::string& directory);

  [[nodiscard]] const ProcessId& Id() const { return id_; }

  /// One of the letters of mps/protocol.h. A server whose daemon is gone ends, too.
  void Tell(char letter) const;
  void Kill() const;

  /// Whether it has ended, asked until it is true.
  [[nodiscard]] bool HasEnded() const;

 private:
  ServerProcess(const ProcessId& id, Descriptor line);

  ProcessId id_;
  Descriptor line_;
};

}  // namespace emulator
