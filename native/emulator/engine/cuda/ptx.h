#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace emulator {

/// Whether `text` is PTX: `.version` comes first, after comments and blanks.
bool IsPtx(std::string_view text);

/// The names of the kernels that PTX defines, in its order.
std::vector<std::string> EntriesOf(std::string_view text);

}  // namespace emulator
