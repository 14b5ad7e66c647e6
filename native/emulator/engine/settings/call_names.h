#pragma once

#include <string_view>

namespace emulator {

/// Whether one of the two libraries exports a function of this name. test/exports_test.sh compares
/// the list with the libraries and with the declarations they are made from.
bool IsCallName(std::string_view name);

}  // namespace emulator
