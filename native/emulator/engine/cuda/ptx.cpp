#include "emulator/engine/cuda/ptx.h"

#include <algorithm>

namespace emulator {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kNameLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$%";

/// Where the comment that begins at `at` ends; `at` when none does.
std::size_t CommentEnd(std::string_view text, std::size_t at) {
  const std::string_view opening = text.substr(at, 2);
  if (opening == "//") return std::min(text.find('\n', at), text.size());
  if (opening != "/*") return at;
  const std::size_t end = text.find("*/", at + 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

/// With a blank in the place of each comment.
std::string WithoutComments(std::string_view text) {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = CommentEnd(text, at);
    rest += end == at ? text[at] : ' ';
    at = end == at ? at + 1 : end;
  }
  return rest;
}

bool IsBlankAt(std::string_view text, std::size_t at) {
  return at < text.size() && kBlanks.find(text[at]) != std::string_view::npos;
}

}  // namespace

bool IsPtx(std::string_view text) {
  constexpr std::string_view kVersion = ".version";
  const std::string code = WithoutComments(text);
  const std::size_t first = code.find_first_not_of(kBlanks);
  return first != std::string::npos && code.compare(first, kVersion.size(), kVersion) == 0 &&
         IsBlankAt(code, first + kVersion.size());
}

std::vector<std::string> EntriesOf(std::string_view text) {
  constexpr std::string_view kEntry = ".entry";
  const std::string code = WithoutComments(text);
  std::vector<std::string> names;
  for (std::size_t at = code.find(kEntry); at != std::string::npos; at = code.find(kEntry, at)) {
    at += kEntry.size();
    if (!IsBlankAt(code, at)) continue;
    const std::size_t start = std::min(code.find_first_not_of(kBlanks, at), code.size());
    const std::size_t end = std::min(code.find_first_not_of(kNameLetters, start), code.size());
    if (end > start) names.push_back(code.substr(start, end - start));
  }
  return names;
}

}  // namespace emulator
