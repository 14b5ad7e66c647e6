#include "common/process_directory.h"

#include <sys/prctl.h>

#include "test/check.h"
#include "test/child.h"

namespace {

const std::string kNumbers = "S 7 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 98765 23 24\n";

void AStatIsParsed() {
  const auto stat = ParseStat("42 (trainer) " + kNumbers);
  CHECK(stat.has_value());
  CHECK_TEXT(stat->name, "trainer");
  CHECK(stat->parent == 7);
  CHECK(stat->start_time == 98765);
}

void ANameMayHoldAnything() {
  for (const std::string name : {"a) S 1 (b", ")", "", "two words", "line\nbreak", "\xff"}) {
    const auto stat = ParseStat(std::string("42 (").append(name).append(") ") + kNumbers);
    CHECK_TEXT(stat ? stat->name : "nothing", name);
    CHECK(stat && stat->start_time == 98765);
  }
  const auto stat = ParseStat("42 (" + std::string(100, 'n') + ") " + kNumbers);
  CHECK_TEXT(stat ? stat->name : "nothing", std::string(63, 'n'));
}

void WhatIsNoStatIsNone() {
  for (const std::string text : {"", "42", "42 (a", "42 a)", ") (", "42 (a)", "42 (a) ",
                                 "42 (a) S 7 3 4", "42 (a) S one two"})
    CHECK_TEXT(ParseStat(text) ? text : "nothing", "nothing");
}

void AChildIsRead() {
  const unsigned long long before = ReadTicks();
  const Child child([] { prctl(PR_SET_NAME, "a) b ("); });
  const ProcessDirectory process(child.Pid());
  const auto stat = process.Stat();
  CHECK(stat.has_value());
  CHECK_TEXT(stat->name, "a) b (");
  CHECK(stat->parent == static_cast<unsigned>(getpid()));
  CHECK(stat->start_time >= before && stat->start_time <= ReadTicks());
  char ours[4096];
  char theirs[4096];
  const ProcessDirectory self(static_cast<unsigned>(getpid()));
  CHECK(!process.Executable(theirs, sizeof theirs).empty());
  CHECK(process.Executable(theirs, sizeof theirs) == self.Executable(ours, sizeof ours));
  CHECK(!process.Read("cgroup", theirs, sizeof theirs).empty());
  CHECK(process.Read("nothing", theirs, sizeof theirs).empty());
}

/// So nothing is mixed up when another process gets the PID.
void OfTheEndedNothingIsReadThroughWhatWasOpened() {
  Child child;
  char buffer[4096];
  const ProcessDirectory process(child.Pid());
  CHECK(process.Stat().has_value());
  child.End();
  CHECK(!process.Stat().has_value());
  CHECK(process.Read("cgroup", buffer, sizeof buffer).empty());
  CHECK(process.Executable(buffer, sizeof buffer).empty());
}

void NoProcessHasNothing() {
  char buffer[64];
  const ProcessDirectory process(1U << 30U);
  CHECK(!process.Stat().has_value());
  CHECK(process.Read("cgroup", buffer, sizeof buffer).empty());
  CHECK(process.Executable(buffer, sizeof buffer).empty());
}

}  // namespace

int main() {
  AStatIsParsed();
  ANameMayHoldAnything();
  WhatIsNoStatIsNone();
  AChildIsRead();
  OfTheEndedNothingIsReadThroughWhatWasOpened();
  NoProcessHasNothing();
  return Failures();
}
