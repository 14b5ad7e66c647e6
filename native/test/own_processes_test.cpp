#include "common/own_processes.h"

#include <fcntl.h>
#include <spawn.h>

#include "test/check.h"
#include "test/child.h"

namespace {

/// Where the launcher lies, seen from this program.
std::string NativeFolder() {
  char path[4096];
  const auto length = readlink("/proc/self/exe", path, sizeof path);
  const std::string program(path, static_cast<std::size_t>(length));
  const std::string folder = program.substr(0, program.rfind('/'));
  return folder.substr(0, folder.rfind('/'));
}

/// A program that runs until it is ended, started by posix_spawn, which waits for it to run.
class Program {
 public:
  explicit Program(std::initializer_list<std::string> words) {
    char* arguments[8] = {};
    int count = 0;
    int ends[2];
    posix_spawn_file_actions_t actions;
    for (const std::string& word : words) arguments[count++] = const_cast<char*>(word.c_str());
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    CHECK(posix_spawn_file_actions_init(&actions) == 0);
    CHECK(posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) == 0);
    CHECK(posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments, environ) == 0);
    (void)posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
  }
  ~Program() {
    CHECK(kill(pid_, SIGTERM) == 0);
    CHECK(waitpid(pid_, nullptr, 0) == pid_);
    close(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] unsigned Pid() const { return static_cast<unsigned>(pid_); }
  /// The PID in its first line, where it is the launcher.
  [[nodiscard]] unsigned Launched() const {
    char line[1024] = "";
    const std::string before = "\"pid\":";
    CHECK(read(output_, line, sizeof line - 1) > 0);
    const std::size_t at = std::string(line).find(before);
    CHECK(at != std::string::npos);
    return static_cast<unsigned>(std::strtoul(line + at + before.size(), nullptr, 10));
  }

 private:
  pid_t pid_ = 0;
  int output_ = -1;
};

bool IsOwn(unsigned pid) {
  static OwnProcesses own;
  const ProcessDirectory process(pid);
  const auto stat = process.Stat();
  CHECK(stat.has_value());
  return stat && own.Contains(process, *stat);
}

void WhatRunsAProgramOfOursIsOurs() {
  const Child child;
  CHECK(IsOwn(child.Pid()));
}

void AnotherProgramIsNot() {
  const Program program({"sleep", "100"});
  CHECK(!IsOwn(program.Pid()));
  CHECK(!IsOwn(1));
}

void WhatOurLauncherStartedIsOurs() {
  const Program launcher({NativeFolder() + "/launcher", "--", "/bin/sleep", "100"});
  CHECK(IsOwn(launcher.Launched()));
}

void WhatIsCalledALauncherIsNotOurs() {
  const Program shell({"sh", "-c",
                       "printf launcher >/proc/self/comm; sleep 100 & "
                       "echo \"\\\"pid\\\":$!\"; wait"});
  const unsigned launched = shell.Launched();
  CHECK(!IsOwn(launched));
  CHECK(kill(static_cast<pid_t>(launched), SIGTERM) == 0);
}

}  // namespace

int main() {
  WhatRunsAProgramOfOursIsOurs();
  AnotherProgramIsNot();
  WhatOurLauncherStartedIsOurs();
  WhatIsCalledALauncherIsNotOurs();
  return Failures();
}
