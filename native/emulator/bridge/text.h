#pragma once

#include <cstddef>
#include <string>

namespace emulator::bridge {

/// Copies `text` and its final 0 to a buffer of `length`. False, and nothing written, when it does
/// not fit or there is no buffer.
bool CopyText(const std::string& text, char* buffer, std::size_t length);

}  // namespace emulator::bridge
