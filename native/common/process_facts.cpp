#include "common/process_facts.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "common/cgroup_text.h"

namespace {

constexpr std::size_t kNoCgroup = ~std::size_t{0};

/// Of a process whose facts cannot be read: whether there is one at all.
Presence PresenceOf(unsigned pid) {
  const bool there = kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
  return there ? Presence::kHidden : Presence::kEnded;
}

bool IsBefore(const ProcessFacts& facts, unsigned pid) {
  return facts.pid < pid;
}

}  // namespace

void ProcessTable::Read(Array<unsigned>& pids) {
  std::sort(pids.begin(), pids.end());
  const unsigned* const end = std::unique(pids.begin(), pids.end());
  for (const unsigned* pid = pids.begin(); pid != end; ++pid) facts_.Append(ReadOne(*pid));
}

const ProcessFacts* ProcessTable::Find(unsigned pid) const {
  const ProcessFacts* const found = std::lower_bound(facts_.begin(), facts_.end(), pid, IsBefore);
  return found != facts_.end() && found->pid == pid ? found : nullptr;
}

const char* ProcessTable::Cgroup(const ProcessFacts& facts) const {
  return facts.cgroup == kNoCgroup ? "" : cgroups_.begin() + facts.cgroup;
}

ProcessFacts ProcessTable::ReadOne(unsigned pid) {
  const ProcessDirectory process(pid);
  const auto stat = process.Stat();
  ProcessFacts facts{pid, Presence::kThere, false, 0, "", kNoCgroup};
  if (!stat) {
    facts.presence = PresenceOf(pid);
    return facts;
  }
  std::memcpy(facts.name, stat->name, sizeof facts.name);
  facts.start_time = stat->start_time;
  facts.own = own_.Contains(process, *stat);
  facts.cgroup = ReadCgroup(process);
  // The directory is this very process': where it told something before, and nothing now, it has
  // ended.
  if (*Cgroup(facts) == '\0' && !process.Stat()) facts.presence = Presence::kEnded;
  return facts;
}

std::size_t ProcessTable::ReadCgroup(const ProcessDirectory& process) {
  char text[16384];  // of a dozen lines
  char paths[kCgroupRoom];
  KeepCgroupPaths(process.Read("cgroup", text, sizeof text), paths);
  const std::size_t size = std::strlen(paths) + 1;
  const std::size_t begin = cgroups_.Size();
  std::memcpy(cgroups_.Extend(size), paths, size);
  return begin;
}
