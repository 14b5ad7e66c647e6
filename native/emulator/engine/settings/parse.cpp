#include "emulator/engine/settings/parse.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <system_error>

namespace emulator {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::optional<std::uint64_t> ParseDigits(std::string_view text, int base) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::uint64_t> ParseCount(std::string_view text) {
  const bool hexadecimal = text.substr(0, 2) == "0x";
  return ParseDigits(hexadecimal ? text.substr(2) : text, hexadecimal ? 16 : 10);
}

// std::from_chars would do, but GCC 10 (Debian 11) has it for integers alone. std::strtod takes
// more than a number, such as "inf", hexadecimal and blanks in front: that is refused before.
std::optional<double> ParseAmount(std::string_view text) {
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  const std::string terminated(text);
  const char* const end = terminated.c_str() + terminated.size();
  char* stopped = nullptr;
  const double number = std::strtod(terminated.c_str(), &stopped);
  const bool whole = !text.empty() && text.front() != '+' && stopped == end;
  if (!whole || !std::isfinite(number) || std::signbit(number)) return std::nullopt;
  return number;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<Assignment> ParseAssignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const Assignment assignment{Trimmed(text.substr(0, equals)), Trimmed(text.substr(equals + 1))};
  if (assignment.key.empty()) return std::nullopt;
  return assignment;
}

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = Trimmed(text); !text.empty(); text = Trimmed(text)) {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

}  // namespace emulator
