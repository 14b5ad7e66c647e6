#pragma once

#include <string>

#include "emulator/engine/fault_injector.h"
#include "emulator/engine/gpu_identity.h"
#include "emulator/engine/host/driver_lock.h"
#include "emulator/engine/host/host_links.h"
#include "emulator/engine/host/ledger.h"
#include "emulator/engine/settings/settings.h"
#include "emulator/engine/timing/pacer.h"

namespace emulator {

/// One process's part of the emulated host: what both libraries stand on. Made once a process and
/// library, and never destroyed, because threads may use it until the process is gone.
struct Emulator {
  const Settings& settings;
  Pacer pacer;
  DriverLock driver_lock;
  Ledger ledger;
  FaultInjector faults;
  HostLinks links;
  const int pid;  // the driver does not survive a fork

  /// The emulator when it is armed: CUDAPROBE_EMULATOR names a directory with a sound
  /// emulator.conf. Otherwise null, and the first time a line on standard error that says why.
  static Emulator* Get();

  /// The same without a word.
  static Emulator* IfArmed();

  /// Of a GPU or of a MIG instance, as bytes and as text.
  [[nodiscard]] Uuid UuidAt(std::uint64_t place) const { return UuidOf(settings.seed, place); }
  [[nodiscard]] std::string UuidTextAt(std::uint64_t place) const {
    return UuidText(UuidAt(place), settings.MigAt(place) == nullptr ? "GPU-" : "MIG-");
  }

  /// `EMULATED` comes first, whatever the profile says, so that no figure is taken for a real one.
  [[nodiscard]] std::string NameAt(std::uint64_t place) const {
    const char* part = settings.MigAt(place) == nullptr ? "" : " MIG";
    return "EMULATED " + settings.profile.name + part;
  }
};

}  // namespace emulator
