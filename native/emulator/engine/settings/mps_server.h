#pragma once

namespace emulator {

/// How the servers of MPS behave: as they should, or what goes wrong with each of them.
enum class MpsServer { kSound, kDiesAtStart, kHangsAtStart, kDiesAfterContext, kOutlivesDaemon };

}  // namespace emulator
