// posix_spawn and nothing else: what the launcher adds to the spawn phase is the difference. Called
// and answering as the launcher is: plain_spawn -- PROGRAM [ARGUMENT]...
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char** arguments) {
  struct timespec at;
  struct rusage usage;
  pid_t pid = 0;
  int status = 0;
  if (count < 3) return 2;
  clock_gettime(CLOCK_MONOTONIC, &at);
  if (posix_spawn(&pid, arguments[2], NULL, NULL, arguments + 2, environ) != 0) return 127;
  dprintf(STDOUT_FILENO,
          "{\"type\":\"spawned\",\"instance\":0,\"at_seconds\":%ld.%09ld,\"pid\":%d}\n", at.tv_sec,
          at.tv_nsec, pid);
  if (wait4(pid, &status, 0, &usage) != pid) return 1;
  clock_gettime(CLOCK_MONOTONIC, &at);
  dprintf(
      STDOUT_FILENO,
      "{\"type\":\"reaped\",\"instance\":0,\"at_seconds\":%ld.%09ld,\"pid\":%d,\"exit_code\":%d,"
      "\"cpu_seconds\":0,\"major_faults\":%ld,\"max_rss_bytes\":%ld}\n",
      at.tv_sec, at.tv_nsec, pid, WEXITSTATUS(status), usage.ru_majflt, usage.ru_maxrss * 1024);
  return 0;
}
