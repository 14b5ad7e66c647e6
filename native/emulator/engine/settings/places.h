#pragma once

#include <string>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/settings.h"

namespace emulator {

/// Finds the place of each tenant. Tenants, instances and lost GPUs that are on none of the GPUs
/// are a problem, and so are instances that are too many or the same. `path`: of the file, to say
/// so.
Problem Settle(Settings& settings, const std::string& path);

}  // namespace emulator
