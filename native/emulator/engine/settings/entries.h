#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/result.h"

namespace emulator {

/// A line `key = value` and where it stands (FILE:LINE), to say so when it is wrong.
struct Entry {
  std::string where;
  std::string key;
  std::string value;
};

/// Reads a file of `key = value` lines. A `#` at the start of a line or after a blank begins a
/// comment, empty lines mean nothing, and anything else is a problem.
Result<std::vector<Entry>> ReadEntries(const std::string& path);

/// Says about an entry what is wrong with it: "FILE:LINE: KEY is an unknown key".
std::string Said(const Entry& entry, const std::string& what);

/// Whether a key that is not in `repeatable` is given twice.
Problem FindRepeated(const std::vector<Entry>& entries,
                     const std::vector<std::string_view>& repeatable);

}  // namespace emulator
