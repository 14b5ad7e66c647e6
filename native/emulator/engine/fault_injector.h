#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/settings/fault.h"
#include "emulator/engine/timing/pacer.h"

namespace emulator {

/// Counts the calls that have faults, and lets the faults happen.
class FaultInjector {
 public:
  /// Counters with scope=host are files in `directory`.
  FaultInjector(const std::vector<Fault>& faults, const std::string& directory);

  /// Does what is configured for this call, which may be never to return. A number: the call
  /// returns it and does nothing else.
  std::optional<int> Inject(std::string_view call, const Pacer& pacer);

  /// Whether what the calling thread's last call writes is to be spoilt.
  static bool IsToSpoil();

 private:
  struct Counted {
    Fault fault;
    std::optional<SharedCounter> host;
    std::uint64_t process;
  };

  static bool IsDue(Counted& counted);

  std::vector<std::unique_ptr<Counted>> faults_;
};

}  // namespace emulator
