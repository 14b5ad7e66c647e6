#include "common/probe.h"

#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <string>

#include "test/check.h"
#include "test/probe_run.h"

namespace {

using Nothing = std::optional<Failure>;

void ASuccessTellsItsPhases() {
  const Run run = RunProbe([] {
    Probe probe("test");
    probe.Start();
    probe.Phase("init", [] { return Nothing(); });
    probe.Sample("value", 0.5, {{"mode", "lazy"}});
    probe.Sample("nan", std::nan(""));
    return probe.Finish();
  });
  CHECK_TEXT(run.Story(), "hello end:spawn begin:init end:init sample result");
  CHECK(run.Has(R"("protocol":1,"probe":"test","pid":)"));
  CHECK(run.Has(R"("name":"value","value":0.5,"labels":{"mode":"lazy"})"));
  CHECK(run.Has(R"("outcome":"success"})"));
  CHECK(run.ExitCode() == 0);
}

void APhaseLastsFromItsBeginningToItsEnd() {
  const Run run = RunProbe([] {
    Probe probe("test");
    probe.Start();
    probe.Phase("work", [] {
      const Nanoseconds until = ReadClock() + 20 * kMillisecond;
      while (ReadClock() < until) {
      }
      return Nothing();
    });
    return probe.Finish();
  });
  const std::string end =
      run.output.substr(run.output.find(R"("end","instance":0,"phase":"work")"));
  const auto number = [&](const char* key) {
    return std::strtod(end.c_str() + end.find(key) + std::string(key).size(), nullptr);
  };
  const double lasted = number("\"at_seconds\":") - number("\"began_at_seconds\":");
  CHECK(lasted >= 0.0199 && lasted < 10);
  CHECK(number("\"cpu_seconds\":") > 0.001);
}

void AFailureNamesItsPhaseAndSkipsTheRest() {
  const Run run = RunProbe([] {
    bool later = false;
    Probe probe("test");
    probe.Start();
    probe.Phase("init", [] { return Nothing(Because("oom", "of %d bytes", 5)); });
    probe.Phase("context", [&] {
      later = true;
      return Nothing();
    });
    probe.Untimed("context", [&] {
      later = true;
      return Nothing(Because("corrupt", "x"));
    });
    const int code = probe.Finish();
    return later ? 99 : code;
  });
  CHECK_TEXT(run.Story(), "hello end:spawn begin:init result:init");
  CHECK(run.Has(R"("outcome":"failure","reason":"oom","phase":"init","message":"of 5 bytes"})"));
  CHECK(run.ExitCode() == 1);
}

void ASkipIsNoFailure() {
  const Run run = RunProbe([] {
    Probe probe("test");
    probe.Start();
    probe.Phase("context", [] { return Nothing(Skipped("compute_mode", "prohibited")); });
    return probe.Finish();
  });
  CHECK(run.Has(R"("outcome":"skipped","reason":"compute_mode")"));
  CHECK(run.ExitCode() == 77);
}

void SigtermIsSeenBetweenPhases() {
  const Run run = RunProbe([] {
    Probe probe("test");
    probe.Start();
    probe.Phase("init", [] {
      (void)raise(SIGTERM);
      return Nothing();
    });
    probe.Phase("context", [] { return Nothing(); });
    return probe.Finish();
  });
  CHECK_TEXT(run.Story(), "hello end:spawn begin:init end:init result");
  CHECK(run.Has(R"("outcome":"failure","reason":"cancelled")"));
  CHECK(run.ExitCode() == 1);
}

/// What a body takes is given back when its owner goes, also when nobody listens any more.
void ABrokenPipeEndsItInGoodOrder() {
  int given_back[2];
  CHECK(pipe(given_back) == 0);
  const Run run = RunProbe([&] {
    struct Owner {
      int descriptor;
      ~Owner() { CHECK(write(descriptor, "x", 1) == 1); }
    };
    int ends[2];
    if (pipe(ends) != 0) return 98;
    close(ends[0]);
    dup2(ends[1], STDOUT_FILENO);
    Probe probe("test");
    probe.Start();
    const Owner owner{given_back[1]};
    probe.Phase("init", [] { return Nothing(); });
    return probe.Finish();
  });
  char byte = 0;
  CHECK(run.ExitCode() == 1);
  CHECK(read(given_back[0], &byte, 1) == 1);
  close(given_back[0]);
  close(given_back[1]);
}

void AnInstanceHasItsNumberInEveryLine() {
  setenv("CUDAPROBE_INSTANCE", "3", 1);
  const Run run = RunProbe([] {
    Probe probe("test");
    probe.Start();
    probe.Phase("init", [] { return Nothing(); });
    return probe.Finish();
  });
  unsetenv("CUDAPROBE_INSTANCE");
  CHECK(run.Has("\"instance\":3"));
  CHECK(!run.Has("\"instance\":0"));
}

}  // namespace

int main() {
  ASuccessTellsItsPhases();
  APhaseLastsFromItsBeginningToItsEnd();
  AFailureNamesItsPhaseAndSkipsTheRest();
  ASkipIsNoFailure();
  SigtermIsSeenBetweenPhases();
  ABrokenPipeEndsItInGoodOrder();
  AnInstanceHasItsNumberInEveryLine();
  return Failures();
}
