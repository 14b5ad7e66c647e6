// A producer and its consumer.
#include "transfer/peer.h"

#include <unistd.h>

#include <csignal>
#include <cstring>

#include "common/cancellation.h"
#include "test/check.h"
#include "test/processes.h"

namespace {

using Nothing = std::optional<Failure>;

/// A consumer that sends back what it gets until nobody sends.
Nothing Echo(Channel& channel) {
  while (true) {
    Message message;
    if (channel.Receive(message)) return std::nullopt;
    ++message.verb;
    if (auto failure = channel.Send(message)) return failure;
  }
}

bool IsGone(pid_t pid) {
  return kill(pid, 0) != 0;
}

void TheyTalk() {
  Peer peer;
  Message message;
  CHECK(!peer.Start(Echo));
  CHECK(!peer.Send(message));
  CHECK(!peer.Receive(message));
  CHECK(message.verb == 1);
}

void TheConsumerEndsWhenItsProducerHangsUp() {
  Peer peer;
  CHECK(!peer.Start(Echo));
  const pid_t pid = peer.Pid();
  CHECK(!IsGone(pid));
  peer.End();
  CHECK(IsGone(pid) && peer.Pid() == 0);
}

void ItPrintsNothing() {
  Peer peer;
  Message message;
  CHECK(!peer.Start([](Channel& channel) {
    Message told;
    char target[32] = "";
    CHECK(readlink("/proc/self/fd/1", target, sizeof target - 1) > 0);
    told.verb = std::strcmp(target, "/dev/null") == 0 ? 1 : 2;
    return channel.Send(told);
  }));
  CHECK(!peer.Receive(message));
  CHECK(message.verb == 1);
}

void ItsFailureIsToldWithReasonAndPhase() {
  Peer peer;
  Message message;
  CHECK(!peer.Start([](Channel&) { return Within("context", Because("oom", "no room")); }));
  const Nothing failure = peer.Receive(message);
  CHECK_TEXT(ReasonOf(failure), "oom");
  CHECK_TEXT(failure->phase, "context");
  CHECK_TEXT(failure->message, "no room");
}

void ItsFailureIsToldToOneWhoSends() {
  Peer peer;
  Message message;
  CHECK(!peer.Start([](Channel&) { return Within("context", Because("oom", "no room")); }));
  while (!peer.Link().IsDeserted()) {
  }
  CHECK_TEXT(ReasonOf(peer.Send(message)), "oom");
}

void AKilledOneIsToldWithItsSignal() {
  Peer peer;
  Message message;
  CHECK(!peer.Start(Echo));
  const pid_t pid = peer.Pid();
  kill(pid, SIGKILL);
  const Nothing failure = peer.Receive(message);
  CHECK_TEXT(ReasonOf(failure), "peer_died");
  CHECK_TEXT(failure->message, "the consumer was ended by signal 9");
  CHECK(IsGone(pid));
}

void OneThatEndsWithoutAWordIsNoSuccess() {
  Peer peer;
  Message message;
  CHECK(!peer.Start([](Channel&) { return Nothing(); }));
  const Nothing failure = peer.Receive(message);
  CHECK_TEXT(ReasonOf(failure), "peer_died");
  CHECK_TEXT(failure->message, "the consumer ended");
}

void SigtermEndsTheConsumer() {
  Peer peer;
  Message message;
  CHECK(!peer.Start([](Channel& channel) {
    Message never;
    return channel.Receive(never);
  }));
  kill(peer.Pid(), SIGTERM);
  CHECK_TEXT(ReasonOf(peer.Receive(message)), "cancelled");
}

void TheConsumerEndsWhenItsProducerIsKilled() {
  int ends[2];
  pid_t consumer = 0;
  char byte = 0;
  CHECK(pipe(ends) == 0);
  const Process producer([&] {
    Peer peer;
    if (peer.Start(Echo)) return 1;
    const pid_t pid = peer.Pid();
    if (write(ends[1], &pid, sizeof pid) != sizeof pid) return 2;
    for (;;) pause();
  });
  close(ends[1]);
  CHECK(read(ends[0], &consumer, sizeof consumer) == sizeof consumer);
  kill(producer.Pid(), SIGKILL);
  CHECK(read(ends[0], &byte, 1) == 0);  // nobody has the pipe open any more
  close(ends[0]);
}

}  // namespace

int main() {
  HoldSignals();
  TheyTalk();
  TheConsumerEndsWhenItsProducerHangsUp();
  ItPrintsNothing();
  ItsFailureIsToldWithReasonAndPhase();
  ItsFailureIsToldToOneWhoSends();
  AKilledOneIsToldWithItsSignal();
  OneThatEndsWithoutAWordIsNoSuccess();
  SigtermEndsTheConsumer();
  TheConsumerEndsWhenItsProducerIsKilled();
  return Failures();
}
