// Two processes that wait for each other's numbers.
#include "function_ipc/shared_count.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "common/cancellation.h"
#include "test/check.h"
#include "test/processes.h"

namespace {

struct Counts {
  SharedCount there;
  SharedCount back;
};

/// Memory of zeros that a fork shares.
Counts* Share() {
  void* const memory =
      mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  return static_cast<Counts*>(memory);
}

void EachLiesOnALineOfItsOwn() {
  CHECK(sizeof(SharedCount) == 64 && alignof(SharedCount) == 64);
}

void TheyTakeTurns() {
  constexpr std::uint32_t kTurns = 20000;
  Counts& counts = *Share();
  Channel ours;
  Channel theirs;
  CHECK(!Channel::Connect(ours, theirs));
  const Process other([&] {
    ours.Close();
    for (std::uint32_t turn = 0; turn < kTurns; ++turn) {
      if (counts.there.AwaitOther(turn, theirs)) return 1;
      counts.back.Raise();
    }
    return 0;
  });
  theirs.Close();
  for (std::uint32_t turn = 0; turn < kTurns; ++turn) {
    counts.there.Raise();
    CHECK(!counts.back.AwaitOther(turn, ours));
  }
  CHECK(other.ExitCode() == 0);
}

void OneThatSleepsIsWoken() {
  Counts& counts = *Share();
  Channel ours;
  Channel theirs;
  CHECK(!Channel::Connect(ours, theirs));
  const Process other([&] { return counts.there.AwaitOther(0, theirs) ? 1 : 0; });
  AwaitSleep(other.Pid());
  counts.there.Raise();
  CHECK(other.ExitCode() == 0);
}

void ItWrapsAround() {
  constexpr std::uint32_t kLast = ~std::uint32_t{0};
  auto* const words = static_cast<std::uint32_t*>(static_cast<void*>(Share()));
  *words = kLast;  // its number is the first of what it holds
  SharedCount& count = static_cast<Counts*>(static_cast<void*>(words))->there;
  CHECK(count.Read() == kLast);
  count.Raise();
  CHECK(count.Read() == 0);
  CHECK(!count.AwaitOther(kLast, Channel()));
}

void ADeadPeerEndsTheWait() {
  Counts& counts = *Share();
  Channel ours;
  Channel theirs;
  CHECK(!Channel::Connect(ours, theirs));
  const Process other([&] {
    ours.Close();
    for (;;) pause();
    return 0;
  });
  theirs.Close();
  kill(other.Pid(), SIGKILL);
  const auto failure = counts.back.AwaitOther(0, ours);
  CHECK_TEXT(ReasonOf(failure), "peer_died");
}

void SigtermEndsTheWait() {
  Counts& counts = *Share();
  Channel ours;
  Channel theirs;
  CHECK(!Channel::Connect(ours, theirs));
  const Process other([&] {
    HoldSignals();
    const auto failure = counts.there.AwaitOther(0, theirs);
    return ReasonOf(failure) == "cancelled" ? 0 : 1;
  });
  AwaitSleep(other.Pid());
  kill(other.Pid(), SIGTERM);
  CHECK(other.ExitCode() == 0);
}

}  // namespace

int main() {
  HoldSignals();
  EachLiesOnALineOfItsOwn();
  TheyTakeTurns();
  OneThatSleepsIsWoken();
  ItWrapsAround();
  ADeadPeerEndsTheWait();
  SigtermEndsTheWait();
  return Failures();
}
