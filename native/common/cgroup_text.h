// The control groups of a process, as /proc/PID/cgroup has them.
#pragma once

#include <cstddef>
#include <string_view>

/// Room for the paths that are kept, and the end of the text.
constexpr std::size_t kCgroupRoom = 2048;

/// Writes the paths in `text` into `paths`, each once, in the order of the file and with a newline
/// between them. From the first path on that does not fit, none is taken: half a path would be
/// another one. A line without an end is half a line, and is not taken either.
void KeepCgroupPaths(std::string_view text, char (&paths)[kCgroupRoom]);
