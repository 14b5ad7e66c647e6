// Data that passes from one process to another, chunk by chunk.
#include <unistd.h>

#include <csignal>

#include "common/cancellation.h"
#include "test/passage_ends.h"
#include "test/processes.h"

namespace {

/// Sends so many bytes, again and again, so that counts are not where they began.
void AllOfItArrives(Way way, std::size_t bytes, int times) {
  Ways ways(way);
  const std::vector<unsigned char> wanted = Pattern(bytes);
  const Process consumer([&] {
    ways.ours.Close();
    ways.sender.Close();
    for (int time = 0; time < times; ++time) {
      std::vector<unsigned char> got(bytes);
      Message message;
      if (Receive(ways.At(ways.receiver, ways.theirs), got)) return 1;
      if (got != wanted) return 2;
      if (ways.theirs.Send(message)) return 3;
    }
    return 0;
  });
  ways.theirs.Close();
  ways.receiver.Close();
  Message message;
  for (int time = 0; time < times; ++time) {
    CHECK(!Send(ways.At(ways.sender, ways.ours), wanted));
    CHECK(!ways.ours.Receive(message));
  }
  CHECK(consumer.ExitCode() == 0);
}

void AConsumerThatDiesInTheMiddleIsTold(Way way) {
  Ways ways(way);
  const Process consumer([&] {
    ways.ours.Close();
    ways.sender.Close();
    Inlet inlet(ways.At(ways.receiver, ways.theirs));
    if (ways.theirs.Send(Message()) || inlet.AwaitReady() || inlet.Take({0, 0, 4})) return 1;
    (void)std::raise(SIGKILL);
    return 2;
  });
  ways.theirs.Close();
  ways.receiver.Close();
  CHECK_TEXT(ReasonOf(Send(ways.At(ways.sender, ways.ours), Pattern(kLarge))), "peer_died");
  CHECK(consumer.ExitCode() == -SIGKILL);
}

void AProducerThatDiesInTheMiddleIsTold(Way way) {
  Ways ways(way);
  const Process producer([&] {
    ways.theirs.Close();
    ways.receiver.Close();
    Outlet outlet(ways.At(ways.sender, ways.ours));
    Message ready;
    if (ways.ours.Receive(ready) || outlet.AwaitReady() || outlet.Take({0, 0, 4}) ||
        outlet.Give({0, 0, 4}))
      return 1;
    (void)std::raise(SIGKILL);
    return 2;
  });
  ways.ours.Close();
  ways.sender.Close();
  std::vector<unsigned char> got(kLarge);
  CHECK_TEXT(ReasonOf(Receive(ways.At(ways.receiver, ways.theirs), got)), "peer_died");
  CHECK(producer.ExitCode() == -SIGKILL);
}

void SigtermEndsATransfer(Way way) {
  Ways ways(way);
  CHECK(!ways.theirs.Send(Message()));
  const Process producer([&] {
    HoldSignals();
    const auto failure = Send(ways.At(ways.sender, ways.ours), Pattern(kLarge));
    return ReasonOf(failure) == "cancelled" ? 0 : 1;
  });
  AwaitSleep(producer.Pid());
  kill(producer.Pid(), SIGTERM);
  CHECK(producer.ExitCode() == 0);
}

void OneChunkHasStampsAroundItsCopy() {
  Ways ways(Way::kRing);
  std::vector<unsigned char> sent = Pattern(4096);
  CopyStamps stamps;
  const Passage passage = ways.At(ways.sender, ways.ours);
  const LateCopies copies(sent.data(), passage.staging, true);
  Outlet outlet(passage);
  const Nanoseconds before = ReadClock();
  CHECK(!PumpOne(outlet, copies, Chunk{0, 0, 4096}, stamps));
  CHECK(before <= stamps.began && stamps.began <= stamps.ended && stamps.ended <= ReadClock());
}

}  // namespace

int main() {
  HoldSignals();
  for (const Way way : {Way::kRing, Way::kUnix, Way::kTcp}) {
    AllOfItArrives(way, 4, 50);
    AllOfItArrives(way, 3U << 20U, 3);
    AllOfItArrives(way, kLarge, 2);
    AConsumerThatDiesInTheMiddleIsTold(way);
    AProducerThatDiesInTheMiddleIsTold(way);
    SigtermEndsATransfer(way);
  }
  OneChunkHasStampsAroundItsCopy();
  return Failures();
}
