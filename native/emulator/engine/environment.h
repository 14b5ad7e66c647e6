#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace emulator {

/// A variable of the process's environment; nothing when it is not set.
inline std::optional<std::string> Environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

}  // namespace emulator
