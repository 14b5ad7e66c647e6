#include "common/cgroup_text.h"

#include <cstring>

namespace {

/// What follows the second colon of "4:memory:/a/b". A path may have colons of its own.
std::string_view PathIn(std::string_view line) {
  for (int colons = 0; colons < 2; ++colons) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    line.remove_prefix(colon + 1);
  }
  return line;
}

/// Takes the first line off `text`, without its end. Nothing is left after the last whole line.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    text = {};
    return {};
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool HasPath(std::string_view paths, std::string_view path) {
  while (!paths.empty()) {
    const std::size_t end = paths.find('\n');
    if (paths.substr(0, end) == path) return true;
    paths.remove_prefix(end == std::string_view::npos ? paths.size() : end + 1);
  }
  return false;
}

}  // namespace

void KeepCgroupPaths(std::string_view text, char (&paths)[kCgroupRoom]) {
  std::size_t length = 0;
  while (!text.empty()) {
    const std::string_view path = PathIn(TakeLine(text));
    if (path.empty() || HasPath({paths, length}, path)) continue;
    const std::size_t begin = length == 0 ? 0 : length + 1;
    if (begin + path.size() >= kCgroupRoom) break;
    if (length != 0) paths[length] = '\n';
    std::memcpy(paths + begin, path.data(), path.size());
    length = begin + path.size();
  }
  paths[length] = '\0';
}
