#pragma once

#include <string>

namespace emulator {

/// Hands the commands on standard input to the daemon of a pipe directory, a line each, and prints
/// what it answers. Returns what main returns: 1 where there is no daemon.
int RunConsole(const std::string& directory);

}  // namespace emulator
