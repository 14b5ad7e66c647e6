#include "emulator/engine/settings/entries.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>
#include <string_view>

#include "emulator/engine/settings/parse.h"

namespace emulator {
namespace {

Result<std::string> ReadText(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return Result<std::string>::Failed(path + ": " + std::strerror(errno));
  std::string text;
  std::array<char, 4096> part{};
  for (std::size_t got = 1; got > 0; text.append(part.data(), got)) {
    got = std::fread(part.data(), 1, part.size(), file);
  }
  const bool broken = std::ferror(file) != 0;
  std::fclose(file);
  if (broken) return Result<std::string>::Failed(path + ": cannot be read");
  return Result<std::string>::Of(std::move(text));
}

/// Takes the first line off `text`.
std::string_view NextLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

std::string_view WithoutComment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
  }
  return line;
}

}  // namespace

Result<std::vector<Entry>> ReadEntries(const std::string& path) {
  using Entries = Result<std::vector<Entry>>;
  const auto file = ReadText(path);
  if (!file.value) return Entries::Failed(file.problem);
  std::vector<Entry> entries;
  std::string_view rest = *file.value;
  for (int number = 1; !rest.empty(); ++number) {
    const std::string_view text = Trimmed(WithoutComment(NextLine(rest)));
    if (text.empty()) continue;
    const std::string where = path + ":" + std::to_string(number);
    const auto assignment = ParseAssignment(text);
    if (!assignment) return Entries::Failed(where + ": not of the form key = value");
    entries.push_back({where, std::string(assignment->key), std::string(assignment->value)});
  }
  return Entries::Of(std::move(entries));
}

std::string Said(const Entry& entry, const std::string& what) {
  return entry.where + ": " + entry.key + " " + what;
}

Problem FindRepeated(const std::vector<Entry>& entries,
                     const std::vector<std::string_view>& repeatable) {
  std::set<std::string_view> seen;
  for (const Entry& entry : entries) {
    const bool may = std::count(repeatable.begin(), repeatable.end(), entry.key) > 0;
    if (!may && !seen.insert(entry.key).second) return Said(entry, "is given twice");
  }
  return std::nullopt;
}

}  // namespace emulator
