// How a program of ours starts another.
#pragma once

#include <spawn.h>
#include <sys/types.h>

/// A pipe whose ends lie above the numbers that started programs know, so that handing one over
/// never covers another, and are closed when a program starts. Both are -1 where none could be had.
struct Pipe {
  int read_end = -1;
  int write_end = -1;
};
Pipe MakePipe();

/// Closes `descriptor` unless that has been done.
void CloseOnce(int& descriptor);

/// What posix_spawn is to do: every signal at its default and none blocked, an empty standard
/// input, and what else it is told.
class SpawnSettings {
 public:
  SpawnSettings();
  ~SpawnSettings();
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  /// Into the process group `group`, or for 0 into one of its own.
  void Group(pid_t group);
  /// Our `descriptor` becomes its `theirs`.
  void HandOver(int descriptor, int theirs);
  /// What it writes to `descriptor` goes nowhere.
  void Silence(int descriptor);

  /// posix_spawnp: an error number, or 0 and `pid`.
  int Spawn(char** program, pid_t& pid) const;

 private:
  short flags_;
  posix_spawnattr_t attributes_{};
  posix_spawn_file_actions_t actions_{};
};
