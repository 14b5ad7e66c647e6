// Which GPU an instance takes.
#pragma once

#include "common/options.h"

/// The UUID of `--device`, or of several in `--devices` the one whose turn it is: instances take
/// them in order, and begin again with the first. An instance that was to see its GPU alone
/// (CUDA_VISIBLE_DEVICES is set) sees the chosen one alone from here on.
const char* ChooseDevice(Options& options);
