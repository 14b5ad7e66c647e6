#include "common/process_facts.h"

#include "test/check.h"
#include "test/child.h"

namespace {

void EachProcessHasItsFacts() {
  const Child one;
  Child two;
  ProcessTable table;
  Array<unsigned> pids;
  for (const unsigned pid : {two.Pid(), one.Pid(), two.Pid()}) pids.Append(pid);
  table.Read(pids);
  for (const unsigned pid : {one.Pid(), two.Pid()}) {
    const ProcessFacts* const facts = table.Find(pid);
    CHECK(facts != nullptr && facts->pid == pid);
    CHECK(facts->presence == Presence::kThere);
    CHECK_TEXT(facts->name, "process_facts_t");  // the kernel keeps 15 characters
    CHECK(facts->start_time > 0 && facts->start_time <= ReadTicks());
    CHECK(*table.Cgroup(*facts) == '/');
  }
  CHECK(table.Find(1U << 30U) == nullptr);
}

void AnEndedProcessHasEnded() {
  Child child;
  ProcessTable table;
  Array<unsigned> pids;
  pids.Append(child.Pid());
  child.End();
  table.Read(pids);
  const ProcessFacts* const facts = table.Find(child.Pid());
  CHECK(facts != nullptr && facts->presence == Presence::kEnded);
  CHECK_TEXT(facts->name, "");
  CHECK_TEXT(table.Cgroup(*facts), "");
}

void AProcessThatIsNotReapedIsThere() {
  ProcessTable table;
  Array<unsigned> pids;
  const pid_t pid = fork();
  if (pid == 0) _exit(0);
  siginfo_t information{};
  CHECK(waitid(P_PID, static_cast<id_t>(pid), &information, WEXITED | WNOWAIT) == 0);
  pids.Append(static_cast<unsigned>(pid));
  table.Read(pids);
  CHECK(table.Find(static_cast<unsigned>(pid))->presence == Presence::kThere);
  CHECK(waitpid(pid, nullptr, 0) == pid);
}

void NobodyAskedForIsNobodyFound() {
  ProcessTable table;
  Array<unsigned> pids;
  table.Read(pids);
  CHECK(table.Find(1) == nullptr);
}

}  // namespace

int main() {
  EachProcessHasItsFacts();
  AnEndedProcessHasEnded();
  AProcessThatIsNotReapedIsThere();
  NobodyAskedForIsNobodyFound();
  return Failures();
}
