// The sockets that data goes through.
#include "function_ipc/byte_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <vector>

#include "common/cancellation.h"
#include "test/check.h"
#include "test/processes.h"

namespace {

constexpr std::size_t kBytes = (3U << 20U) + 5;

using Connect = std::optional<Failure> (*)(ByteStream&, ByteStream&);

std::vector<unsigned char> Pattern() {
  std::vector<unsigned char> bytes(kBytes);
  for (std::size_t at = 0; at < kBytes; ++at) bytes[at] = static_cast<unsigned char>(at * 31 / 7);
  return bytes;
}

/// A unix socket with so little room that every write and every read is cut.
std::optional<Failure> ConnectNarrow(ByteStream& one, ByteStream& other) {
  const int least = 1;
  if (auto failure = ByteStream::ConnectUnix(one, other)) return failure;
  CHECK(setsockopt(one.Descriptor(), SOL_SOCKET, SO_SNDBUF, &least, sizeof least) == 0);
  return std::nullopt;
}

void AllOfItArrivesHoweverItIsCut(Connect connect) {
  ByteStream ours;
  ByteStream theirs;
  const std::vector<unsigned char> sent = Pattern();
  CHECK(!connect(ours, theirs));
  const Process reader([&] {
    std::vector<unsigned char> got(kBytes);
    if (theirs.Read(got.data(), 1) || theirs.Read(got.data() + 1, kBytes - 1)) return 1;
    return got == sent ? 0 : 2;
  });
  CHECK(!ours.Write(sent.data(), sent.size()));
  CHECK(reader.ExitCode() == 0);
}

void ADeadReaderIsTold(Connect connect) {
  ByteStream ours;
  ByteStream theirs;
  const std::vector<unsigned char> sent(16 * kBytes);
  CHECK(!connect(ours, theirs));
  const Process reader([&] {
    unsigned char byte = 0;
    return theirs.Read(&byte, 1) ? 1 : 0;
  });
  theirs.Close();
  CHECK_TEXT(ReasonOf(ours.Write(sent.data(), sent.size())), "peer_died");
}

void ADeadWriterIsTold(Connect connect) {
  ByteStream ours;
  ByteStream theirs;
  unsigned char bytes[8];
  CHECK(!connect(ours, theirs));
  CHECK(!theirs.Write("half", 4));
  theirs.Close();
  CHECK_TEXT(ReasonOf(ours.Read(bytes, sizeof bytes)), "peer_died");
}

void SigtermEndsTheWait(Connect connect) {
  ByteStream ours;
  ByteStream theirs;
  CHECK(!connect(ours, theirs));
  const Process reader([&] {
    HoldSignals();
    unsigned char byte = 0;
    return ReasonOf(theirs.Read(&byte, 1)) == "cancelled" ? 0 : 1;
  });
  const Process writer([&] {
    HoldSignals();
    const std::vector<unsigned char> much(16 * kBytes);
    return ReasonOf(ours.Write(much.data(), much.size())) == "cancelled" ? 0 : 1;
  });
  AwaitSleep(reader.Pid());
  kill(reader.Pid(), SIGTERM);
  CHECK(reader.ExitCode() == 0);
  AwaitSleep(writer.Pid());
  kill(writer.Pid(), SIGTERM);
  CHECK(writer.ExitCode() == 0);
}

void EndsCloseOnExec(Connect connect) {
  ByteStream ours;
  ByteStream theirs;
  CHECK(!connect(ours, theirs));
  CHECK((fcntl(ours.Descriptor(), F_GETFD) & FD_CLOEXEC) != 0);
  CHECK((fcntl(theirs.Descriptor(), F_GETFD) & FD_CLOEXEC) != 0);
}

void TcpSendsAtOnce() {
  ByteStream ours;
  ByteStream theirs;
  CHECK(!ByteStream::ConnectTcp(ours, theirs));
  for (const ByteStream* stream : {&ours, &theirs}) {
    int at_once = 0;
    socklen_t length = sizeof at_once;
    CHECK(getsockopt(stream->Descriptor(), IPPROTO_TCP, TCP_NODELAY, &at_once, &length) == 0);
    CHECK(at_once != 0);
  }
}

}  // namespace

int main() {
  HoldSignals();
  for (const Connect connect : {&ByteStream::ConnectUnix, &ByteStream::ConnectTcp}) {
    AllOfItArrivesHoweverItIsCut(connect);
    ADeadReaderIsTold(connect);
    ADeadWriterIsTold(connect);
    SigtermEndsTheWait(connect);
    EndsCloseOnExec(connect);
  }
  AllOfItArrivesHoweverItIsCut(ConnectNarrow);
  TcpSendsAtOnce();
  return Failures();
}
