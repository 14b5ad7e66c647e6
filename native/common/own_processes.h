// Which processes are this program's kin: other probes, and what our launcher started.
#pragma once

#include <climits>
#include <cstddef>
#include <string_view>

#include "common/process_directory.h"

/// A process is our own when what it runs lies in the directory of this program, among the probes,
/// or when one of its ancestors, up to the eighth, is our launcher: frameworks and MPS servers run
/// programs of others.
class OwnProcesses {
 public:
  OwnProcesses();

  /// Whether the process is. What it runs may be kept from us; then its ancestors tell alone.
  bool Contains(const ProcessDirectory& process, const ProcessStat& stat);

 private:
  /// What is remembered of an ancestor: processes have many in common.
  struct Ancestor {
    unsigned pid = 0;
    unsigned parent = 0;
    bool launcher = false;
  };
  static constexpr std::size_t kRemembered = 1024;

  [[nodiscard]] bool IsProbe(const ProcessDirectory& process, const ProcessStat& stat) const;
  const Ancestor& Recall(unsigned pid);
  [[nodiscard]] Ancestor ReadAncestor(unsigned pid) const;

  char probes_[PATH_MAX] = "";    // with a slash at the end
  char launcher_[PATH_MAX] = "";  // beside them
  Ancestor remembered_[kRemembered];
};
