// Copies of the driver's libraries that are on the disk and not in memory.
#pragma once

#include <optional>

#include "common/failure.h"

/// Copies `libcuda` as libcuda.so.1, and from beside it what it loads when it compiles, into
/// `directory`. What is there already stays as it is.
std::optional<Failure> CopyLibraries(const char* libcuda, const char* directory);

/// Takes the files in `directory` out of the page cache, which needs no privilege for files that
/// nobody has mapped, and looks whether they are. `bytes` is how much there was to take out.
std::optional<Failure> EvictFiles(const char* directory, long long& bytes);
