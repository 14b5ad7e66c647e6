// What two processes of a probe tell each other.
#include "transfer/channel.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "common/cancellation.h"
#include "test/check.h"
#include "test/processes.h"

namespace {

struct Ends {
  Ends() { CHECK(!Channel::Connect(one, other)); }
  Channel one;
  Channel other;
};

void AMessageArrivesWholeAndInOrder() {
  const Ends ends;
  Message sent;
  Message got;
  sent.bytes = std::uint64_t{1} << 40U;
  sent.seed = 7;
  sent.stamps[7] = kSecond;
  std::memset(sent.handle, 0xa5, sizeof sent.handle);
  for (sent.verb = 1; sent.verb <= 3; ++sent.verb) CHECK(!ends.one.Send(sent));
  for (int verb = 1; verb <= 3; ++verb) {
    CHECK(!ends.other.Receive(got));
    CHECK(got.verb == verb && got.bytes == sent.bytes && got.seed == 7);
    CHECK(got.stamps[7] == kSecond);
    CHECK(std::memcmp(got.handle, sent.handle, sizeof got.handle) == 0);
  }
}

void ADescriptorGoesWithIt() {
  const Ends ends;
  Message message;
  int pipe_ends[2];
  int got = -1;
  char byte = 0;
  CHECK(pipe(pipe_ends) == 0);
  CHECK(!ends.one.Send(message, pipe_ends[1]));
  CHECK(close(pipe_ends[1]) == 0);
  CHECK(!ends.other.Receive(message, &got));
  CHECK((fcntl(got, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK(write(got, "x", 1) == 1 && read(pipe_ends[0], &byte, 1) == 1 && byte == 'x');
  CHECK(close(got) == 0 && close(pipe_ends[0]) == 0);
}

void WithoutOneItIsNone() {
  const Ends ends;
  Message message;
  int got = 99;
  CHECK(!ends.one.Send(message));
  CHECK(!ends.other.Receive(message, &got));
  CHECK(got == -1);
}

void ADescriptorNobodyAskedForIsClosed() {
  const Ends ends;
  Message message;
  int pipe_ends[2];
  char byte = 0;
  CHECK(pipe(pipe_ends) == 0);
  CHECK(!ends.one.Send(message, pipe_ends[1]));
  CHECK(close(pipe_ends[1]) == 0);
  CHECK(!ends.other.Receive(message));
  CHECK(read(pipe_ends[0], &byte, 1) == 0);
  CHECK(close(pipe_ends[0]) == 0);
}

void AClosedEndIsSeen() {
  Ends ends;
  Message message;
  CHECK(!ends.one.IsDeserted());
  ends.other.Close();
  CHECK(ends.one.IsDeserted());
  CHECK_TEXT(ReasonOf(ends.one.Send(message)), "peer_died");
  CHECK_TEXT(ReasonOf(ends.one.Receive(message)), "peer_died");
}

void WhatWasSaidBeforeIsHeard() {
  Ends ends;
  Message message;
  message.verb = 5;
  CHECK(!ends.other.Send(message));
  CHECK(!ends.one.IsDeserted());
  ends.other.Close();
  CHECK(ends.one.IsDeserted());
  message.verb = 0;
  CHECK(!ends.one.Receive(message));
  CHECK(message.verb == 5);
  CHECK_TEXT(ReasonOf(ends.one.Receive(message)), "peer_died");
}

void AFailureIsTold() {
  const Ends ends;
  Message message;
  message.failed = true;
  message.failure = Skipped("memory_floor", "%d bytes", 3);
  message.failure.phase = "allocate";
  CHECK(!ends.one.Send(message));
  Message got;
  const auto failure = ends.other.Receive(got);
  CHECK_TEXT(ReasonOf(failure), "memory_floor");
  CHECK_TEXT(failure->outcome, "skipped");
  CHECK_TEXT(failure->phase, "allocate");
  CHECK_TEXT(failure->message, "3 bytes");
}

void SigtermEndsTheWait() {
  const Ends ends;
  const Process other([&] {
    HoldSignals();
    Message message;
    return ReasonOf(ends.other.Receive(message)) == "cancelled" ? 0 : 1;
  });
  AwaitSleep(other.Pid());
  kill(other.Pid(), SIGTERM);
  CHECK(other.ExitCode() == 0);
}

}  // namespace

int main() {
  HoldSignals();
  AMessageArrivesWholeAndInOrder();
  ADescriptorGoesWithIt();
  WithoutOneItIsNone();
  ADescriptorNobodyAskedForIsClosed();
  AClosedEndIsSeen();
  WhatWasSaidBeforeIsHeard();
  AFailureIsTold();
  SigtermEndsTheWait();
  return Failures();
}
