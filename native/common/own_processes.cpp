#include "common/own_processes.h"

#include <unistd.h>

#include <cstdio>
#include <cstring>

namespace {

constexpr int kMostAncestors = 8;
constexpr std::string_view kLauncher = "launcher";

/// `path` up to its last slash, with it.
std::string_view FolderOf(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

/// What runs may have been replaced since by a newer version.
std::string_view WithoutDeleted(std::string_view path) {
  constexpr std::string_view kDeleted = " (deleted)";
  const bool deleted =
      path.size() > kDeleted.size() && path.substr(path.size() - kDeleted.size()) == kDeleted;
  return deleted ? path.substr(0, path.size() - kDeleted.size()) : path;
}

bool BeginsWith(std::string_view text, std::string_view beginning) {
  return !beginning.empty() && text.substr(0, beginning.size()) == beginning;
}

}  // namespace

OwnProcesses::OwnProcesses() {
  char path[PATH_MAX];
  const std::string_view program =
      ProcessDirectory(static_cast<unsigned>(getpid())).Executable(path, sizeof path);
  const std::string_view probes = FolderOf(program);
  if (probes.size() < 2) return;
  const std::string_view native = FolderOf(probes.substr(0, probes.size() - 1));
  (void)std::snprintf(probes_, sizeof probes_, "%.*s", static_cast<int>(probes.size()),
                      probes.data());
  (void)std::snprintf(launcher_, sizeof launcher_, "%.*s%s", static_cast<int>(native.size()),
                      native.data(), kLauncher.data());
}

bool OwnProcesses::Contains(const ProcessDirectory& process, const ProcessStat& stat) {
  if (IsProbe(process, stat)) return true;
  unsigned pid = stat.parent;
  for (int at = 0; at < kMostAncestors && pid > 1; ++at) {
    const Ancestor& ancestor = Recall(pid);
    if (ancestor.launcher) return true;
    pid = ancestor.parent;
  }
  return false;
}

/// A process is named after the file that it runs, up to a length. What a file is called is asked
/// sooner than what a process runs: the answer is no for nearly all, and comes at a fifth of the
/// cost.
bool OwnProcesses::IsProbe(const ProcessDirectory& process, const ProcessStat& stat) const {
  constexpr std::size_t kLongestName = 15;
  char path[PATH_MAX + sizeof stat.name];
  (void)std::snprintf(path, sizeof path, "%s%s", probes_, stat.name);
  if (std::strlen(stat.name) < kLongestName && access(path, F_OK) != 0) return false;
  return BeginsWith(process.Executable(path, sizeof path), probes_);
}

/// One that shares another's place is read again.
const OwnProcesses::Ancestor& OwnProcesses::Recall(unsigned pid) {
  Ancestor& ancestor = remembered_[pid % kRemembered];
  if (ancestor.pid != pid) ancestor = ReadAncestor(pid);
  return ancestor;
}

OwnProcesses::Ancestor OwnProcesses::ReadAncestor(unsigned pid) const {
  char path[PATH_MAX];
  const ProcessDirectory process(pid);
  const auto stat = process.Stat();
  if (!stat) return {pid, 0, false};
  const bool named = stat->name == kLauncher;
  return {pid, stat->parent,
          named && WithoutDeleted(process.Executable(path, sizeof path)) == launcher_};
}
