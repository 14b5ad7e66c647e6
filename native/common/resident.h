// How much of a file is in the page cache.
#pragma once

#include <optional>

struct Residence {
  long long bytes = 0;
  long long resident_bytes = 0;
};

/// Asks the kernel to drop a file's pages, and looks which are there still. What is no file has
/// none. Empty, and errno says why, when the file could not be looked at.
std::optional<Residence> Evict(const char* file);
