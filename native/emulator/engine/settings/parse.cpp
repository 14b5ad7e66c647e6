#include "emulator/engine/settings/parse.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace emulator {
namespace {

constexpr std::string_view kBlanks = " \t\r";

/// `base`: what else std::from_chars wants to know.
template <typename Number, typename Base>
std::optional<Number> ParseAll(std::string_view text, Base base) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::uint64_t> ParseCount(std::string_view text) {
  const bool hexadecimal = text.substr(0, 2) == "0x";
  return ParseAll<std::uint64_t>(hexadecimal ? text.substr(2) : text, hexadecimal ? 16 : 10);
}

std::optional<double> ParseAmount(std::string_view text) {
  const auto number = ParseAll<double>(text, std::chars_format::general);
  if (!number || !std::isfinite(*number) || *number < 0) return std::nullopt;
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
