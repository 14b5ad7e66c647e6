#pragma once

#include <string>
#include <vector>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/entries.h"
#include "emulator/engine/settings/profile.h"

namespace emulator {

/// Reads a whole profile: each key must be there once, and nothing else.
Result<Profile> ReadProfile(const std::string& path);

/// Sets what those of the entries say that are keys of a profile, and leaves the others alone.
Problem OverrideProfile(Profile& profile, const std::vector<Entry>& entries);

}  // namespace emulator
