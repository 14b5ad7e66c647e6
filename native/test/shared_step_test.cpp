// What a process knows of the step that another one is in.
#include "cuda_ipc/shared_step.h"

#include <sys/wait.h>
#include <unistd.h>

#include "test/check.h"

namespace {

/// Runs `work` in a process of its own, to its end.
template <typename Work>
void InChild(Work work) {
  const pid_t pid = fork();
  if (pid == 0) {
    work();
    _exit(0);
  }
  CHECK(pid > 0 && waitpid(pid, nullptr, 0) == pid);
}

void AStepOutlivesWhoWasInIt() {
  SharedStep step;
  step.Share();
  CHECK(step.Current() == nullptr);
  InChild([&] { step.Enter("open"); });
  CHECK_TEXT(step.Current(), "open");
}

void AStepThatWasLeftIsNoneAnyMore() {
  SharedStep step;
  step.Share();
  InChild([&] {
    step.Enter("open");
    step.Leave();
  });
  CHECK(step.Current() == nullptr);
}

void WithoutMemoryThereIsNoStep() {
  SharedStep step;
  step.Enter("open");
  CHECK(step.Current() == nullptr);
}

}  // namespace

int main() {
  AStepOutlivesWhoWasInIt();
  AStepThatWasLeftIsNoneAnyMore();
  WithoutMemoryThereIsNoStep();
  return Failures();
}
