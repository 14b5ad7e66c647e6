#include "transfer/peer.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "common/cancellation.h"

namespace {

/// Reads nothing and prints nothing: standard output is the producer's.
void Silence() {
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
}

int Reap(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::optional<Failure> Peer::Fork(Channel& theirs) {
  if (auto failure = Channel::Connect(channel_, theirs)) return failure;
  pid_ = fork();
  if (pid_ < 0) return Because("not_started", "no second process: %s", std::strerror(errno));
  if (pid_ > 0) {
    theirs.Close();
    return std::nullopt;
  }
  channel_.Close();
  HoldSignals();  // what it asks for is lost in a fork
  Silence();
  return std::nullopt;
}

void Peer::ConcludeConsumer(Channel& channel, const std::optional<Failure>& failure) {
  Message message;
  message.failed = failure.has_value();
  if (failure) message.failure = *failure;
  if (failure) (void)channel.Send(message);
  _exit(failure ? 1 : 0);
}

std::optional<Failure> Peer::Send(const Message& message, int descriptor) {
  return Explain(channel_.Send(message, descriptor));
}

std::optional<Failure> Peer::Receive(Message& message, int* descriptor) {
  return Explain(channel_.Receive(message, descriptor));
}

std::optional<Failure> Peer::Explain(std::optional<Failure> failure) {
  if (!failure || std::strcmp(failure->reason, "peer_died") != 0 || pid_ <= 0) return failure;
  if (Cancelled()) return Cancellation();  // so was the other
  // It may have said why before it hung up.
  Message last;
  const std::optional<Failure> said = channel_.Receive(last);
  if (last.failed) return said;
  const int status = Reap(pid_);
  pid_ = 0;
  if (!WIFSIGNALED(status)) return Because("peer_died", "the consumer ended");
  return Because("peer_died", "the consumer was ended by signal %d", WTERMSIG(status));
}

void Peer::End() {
  channel_.Close();
  if (pid_ > 0) Reap(pid_);
  pid_ = 0;
}
