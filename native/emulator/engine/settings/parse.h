#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emulator {

/// A whole number, decimal or with 0x before it hexadecimal, and nothing else.
std::optional<std::uint64_t> ParseCount(std::string_view text);

/// A finite number, 0 or more, and nothing else.
std::optional<double> ParseAmount(std::string_view text);

/// Without the blanks at both ends.
std::string_view Trimmed(std::string_view text);

/// The two sides of the first '='; nothing where there is none or the left side is empty.
struct Assignment {
  std::string_view key;
  std::string_view value;
};
std::optional<Assignment> ParseAssignment(std::string_view text);

/// The words between blanks.
std::vector<std::string_view> WordsOf(std::string_view text);

}  // namespace emulator
