#include "common/spawn.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace {

int MoveUp(int descriptor) {
  constexpr int kLowest = 10;
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, kLowest);
  close(descriptor);
  return moved;
}

}  // namespace

Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  Pipe pipe{MoveUp(ends[0]), MoveUp(ends[1])};
  if (pipe.read_end >= 0 && pipe.write_end >= 0) return pipe;
  CloseOnce(pipe.read_end);
  CloseOnce(pipe.write_end);
  return {};
}

void CloseOnce(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

SpawnSettings::SpawnSettings() : flags_(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) {
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_init(&attributes_);
  posix_spawnattr_setflags(&attributes_, flags_);
  posix_spawnattr_setsigmask(&attributes_, &none);
  posix_spawnattr_setsigdefault(&attributes_, &all);
  posix_spawn_file_actions_init(&actions_);
  posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
}

SpawnSettings::~SpawnSettings() {
  posix_spawnattr_destroy(&attributes_);
  posix_spawn_file_actions_destroy(&actions_);
}

void SpawnSettings::Group(pid_t group) {
  flags_ = static_cast<short>(flags_ | POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setflags(&attributes_, flags_);
  posix_spawnattr_setpgroup(&attributes_, group);
}

void SpawnSettings::HandOver(int descriptor, int theirs) {
  posix_spawn_file_actions_adddup2(&actions_, descriptor, theirs);
}

void SpawnSettings::Silence(int descriptor) {
  posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_WRONLY, 0);
}

int SpawnSettings::Spawn(char** program, pid_t& pid) const {
  return posix_spawnp(&pid, program[0], &actions_, &attributes_, program, environ);
}
