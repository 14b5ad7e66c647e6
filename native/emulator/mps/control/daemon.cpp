#include "emulator/mps/control/daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

#include "emulator/engine/mps/client.h"
#include "emulator/engine/mps/protocol.h"
#include "emulator/engine/mps/sockets.h"
#include "emulator/engine/settings/parse.h"
#include "emulator/mps/control/pid_file.h"

namespace emulator {
namespace {

constexpr Seconds kTimeToEnd{2};
constexpr std::string_view kSetPercentage = "set_default_active_thread_percentage";

std::string PercentageText(double percentage) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f\n", percentage);
  return text.data();
}

/// Who connects says a line at once; who does not is not waited for.
Descriptor Accept(const Descriptor& listener) {
  Descriptor peer(accept4(listener.Number(), nullptr, nullptr, SOCK_CLOEXEC));
  const timeval patience{1, 0};
  setsockopt(peer.Number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return peer;
}

int MillisecondsUntil(const std::optional<Instant>& deadline) {
  if (!deadline) return -1;
  const Seconds left = std::max(*deadline - Now(), Seconds(0));
  return static_cast<int>(left.count() * 1000) + 1;
}

}  // namespace

ControlDaemon::ControlDaemon(std::string directory, Descriptor held, MpsLog log)
    : directory_(std::move(directory)),
      held_(std::move(held)),
      log_(std::move(log)),
      listener_(ListenIn(directory_, kControlSocket)) {}

Result<ControlDaemon> ControlDaemon::Open(const std::string& directory) {
  using Opened = Result<ControlDaemon>;
  mkdir(directory.c_str(), 0777);
  Descriptor held(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!held.IsOpen()) return Opened::Failed(directory + ": " + std::strerror(errno));
  if (access((directory + "/control").c_str(), F_OK) == 0) {
    return Opened::Failed(directory + ": is that of a real daemon");
  }
  if (flock(held.Number(), LOCK_EX | LOCK_NB) != 0) {
    return Opened::Failed("An instance of this daemon is already running");
  }
  auto log = MpsLog::Open("control");
  if (!log.value) return Opened::Failed(log.problem);
  ControlDaemon daemon(directory, std::move(held), *std::move(log.value));
  if (!daemon.listener_.IsOpen()) return Opened::Failed(directory + ": cannot listen in it");
  return Opened::Of(std::move(daemon));
}

void ControlDaemon::Run() {
  const Signals signals({SIGTERM, SIGINT, SIGHUP, SIGCHLD});
  WritePidFile(directory_);
  log_.Say("Starting control daemon");
  while (!ending_ || server_) Wait(signals);
  for (const char* name : {kControlSocket, kServerSocket, kPidFile}) {
    unlink((directory_ + "/" + name).c_str());
  }
  log_.Say("Exit");
}

void ControlDaemon::Wait(const Signals& signals) {
  std::array<pollfd, 2> events{pollfd{signals.Number(), POLLIN, 0},
                               pollfd{listener_.Number(), POLLIN, 0}};
  const int ready = poll(events.data(), events.size(), MillisecondsUntil(deadline_));
  if (ready == 0 && server_) server_->Kill();
  if (events[0].revents != 0) Heed(signals);
  if (events[1].revents != 0) Serve();
}

void ControlDaemon::Heed(const Signals& signals) {
  for (auto signal = signals.Next(); signal; signal = signals.Next()) {
    if (*signal != SIGCHLD) End(kMpsQuit, Now() + kTimeToEnd);
  }
  Reap();
}

void ControlDaemon::Reap() {
  if (!server_ || !server_->HasEnded()) return;
  log_.Say("Server " + std::to_string(server_->Id().pid) + " exited");
  server_.reset();
}

void ControlDaemon::Serve() {
  Descriptor peer = Accept(listener_);
  const auto line = ReceiveLine(peer);
  if (!line) return;
  const auto answer = Obey(WordsOf(*line));
  if (answer) {
    Send(peer, *answer);
  } else {
    awaiting_end_.push_back(std::move(peer));
  }
}

ControlDaemon::Answer ControlDaemon::Obey(const Words& words) {
  struct Command {
    std::string_view name;
    Answer (ControlDaemon::*obey)(const Words& words);
  };
  constexpr std::array kCommands = {
      Command{"attach", &ControlDaemon::Attach},
      Command{"get_server_list", &ControlDaemon::ListServers},
      Command{"start_server", &ControlDaemon::StartServer},
      Command{kSetPercentage, &ControlDaemon::Percentage},
      Command{"get_default_active_thread_percentage", &ControlDaemon::Percentage},
      Command{"quit", &ControlDaemon::Quit},
  };
  for (const Command& command : kCommands) {
    if (!words.empty() && words[0] == command.name) return (this->*command.obey)(words);
  }
  return "Unknown command\n";
}

ControlDaemon::Answer ControlDaemon::Attach(const Words& words) {
  if (words.size() != 2 || words[1] != MpsHostName()) return std::string(kMpsElsewhere) + "\n";
  if (ending_) return std::string(kMpsDraining) + "\n";
  if (!HasServer()) return "failed\n";
  return MpsOfferText({server_->Id(), active_thread_percentage_}) + "\n";
}

ControlDaemon::Answer ControlDaemon::StartServer(const Words& words) {
  const auto user = words.size() == 3 && words[1] == "-uid" ? ParseCount(words[2]) : std::nullopt;
  if (!user || *user != getuid()) return "Usage: start_server -uid UID, with this daemon's user\n";
  return ending_ || !HasServer() ? "Failed to start server\n" : "";
}

ControlDaemon::Answer ControlDaemon::ListServers(const Words& words) {
  return words.empty() || !server_ ? "" : std::to_string(server_->Id().pid) + "\n";
}

/// Of `get_…` and `set_…`, which says what it then is.
ControlDaemon::Answer ControlDaemon::Percentage(const Words& words) {
  if (words[0] == kSetPercentage) {
    const auto percentage = words.size() == 2 ? ParseAmount(words[1]) : std::nullopt;
    if (!percentage || *percentage <= 0 || *percentage > 100) return "Invalid percentage\n";
    active_thread_percentage_ = *percentage;
  }
  return PercentageText(active_thread_percentage_);
}

ControlDaemon::Answer ControlDaemon::Quit(const Words& words) {
  const auto seconds = words.size() == 3 && words[1] == "-t" ? ParseAmount(words[2]) : std::nullopt;
  if (words.size() != 1 && !seconds) return "Usage: quit [-t SECONDS]\n";
  std::optional<Instant> deadline;
  if (seconds) deadline = Now() + Seconds(*seconds);
  End(kMpsDrain, deadline);
  return std::nullopt;
}

bool ControlDaemon::HasServer() {
  if (!server_) {
    server_ = ServerProcess::Start(directory_);
    if (server_) log_.Say("Starting new server " + std::to_string(server_->Id().pid));
  }
  return server_.has_value();
}

void ControlDaemon::End(char letter, std::optional<Instant> deadline) {
  ending_ = true;
  deadline_ = deadline;
  if (server_) server_->Tell(letter);
}

}  // namespace emulator
