#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/profile.h"

namespace emulator {

/// Whether a profile has such a key.
bool IsProfileKey(std::string_view key);

/// Sets the member of that name from text.
Problem SetProfileKey(Profile& profile, std::string_view key, std::string_view value);

/// The keys that a profile file must have. NAME_noise_ratio may be left out: no noise.
std::vector<std::string> RequiredProfileKeys();

}  // namespace emulator
