// What is known of processes that hold memory.
#pragma once

#include <cstddef>

#include "common/array.h"
#include "common/own_processes.h"

/// Whether /proc has a process.
enum class Presence : unsigned char {
  kThere,
  kHidden,  // it runs, and this /proc does not show it to us
  kEnded,   // no such process
};

struct ProcessFacts {
  unsigned pid;
  Presence presence;
  bool own;
  unsigned long long start_time;  // as in ProcessStat; 0 unless it is there
  char name[sizeof ProcessStat::name];
  std::size_t cgroup;  // where its text begins
};

/// The facts of each process that is asked for, read once, however many devices it holds.
class ProcessTable {
 public:
  /// Reads those of `pids`, in any order and with repetitions.
  void Read(Array<unsigned>& pids);

  /// Null for a process that was not asked for.
  [[nodiscard]] const ProcessFacts* Find(unsigned pid) const;
  /// The paths of its control groups; empty where they are not known.
  [[nodiscard]] const char* Cgroup(const ProcessFacts& facts) const;

 private:
  ProcessFacts ReadOne(unsigned pid);
  std::size_t ReadCgroup(const ProcessDirectory& process);

  OwnProcesses own_;
  Array<ProcessFacts> facts_;  // by PID
  Array<char> cgroups_;
};
