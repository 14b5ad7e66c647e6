#include "emulator/test/check.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace emulator::test {
namespace {

int failures = 0;

/// exit and not _exit: the leak check runs then.
bool RunCase(const Case& one, Scene& scene) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    one.run(scene);
    std::exit(failures == 0 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void Fail(const char* file, int line, const std::string& what) {
  std::printf("%s:%d: %s\n", file, line, what.c_str());
  ++failures;
}

int Failures() {
  return failures;
}

int RunCases(int argc, char** argv, std::initializer_list<Case> cases) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s DIRECTORY_OF_THE_LIBRARIES\n", argv[0]);
    return 2;
  }
  int failed = 0;
  for (const Case& one : cases) {
    Scene scene(argv[1]);
    if (RunCase(one, scene)) continue;
    std::printf("failed: %s\n", one.title);
    ++failed;
  }
  std::printf("%zu cases\n", cases.size());
  return failed == 0 ? 0 : 1;
}

}  // namespace emulator::test
