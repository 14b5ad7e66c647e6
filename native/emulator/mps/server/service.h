#pragma once

#include <optional>
#include <vector>

#include "emulator/engine/emulator.h"
#include "emulator/engine/mps/descriptor.h"
#include "emulator/mps/log.h"
#include "emulator/mps/signals.h"

namespace emulator {

/// What a server of MPS does: it holds the GPUs that its clients share.
class MpsService {
 public:
  /// `clients` is where they connect, `daemon` where the daemon says what to do.
  MpsService(Emulator& emulator, MpsLog log, int clients, int daemon);

  /// Takes the GPUs that are visible here, which takes its time. False when one is held by others.
  bool Open();

  /// Serves until it is told to end, or the daemon is gone.
  void Run();

 private:
  enum class State { kServing, kDraining, kOver };

  void Wait(const Signals& signals);
  void HearDaemon();
  void Welcome();
  void HearClients(const std::vector<bool>& ready);
  [[nodiscard]] bool HearClient(const Descriptor& client) const;

  Emulator& emulator_;
  MpsLog log_;
  Descriptor listener_;
  Descriptor daemon_;
  std::vector<Descriptor> clients_;
  State state_ = State::kServing;
};

}  // namespace emulator
