#include "emulator/mps/server/service.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "emulator/engine/cuda/present_gpus.h"
#include "emulator/engine/mps/protocol.h"
#include "emulator/engine/mps/sockets.h"

namespace emulator {
namespace {

enum Source : std::size_t { kSignals, kDaemon, kListener, kFirstClient };

Seconds StartTime(Emulator& emulator, std::size_t cold) {
  Seconds time = emulator.pacer.Draw(Latency::kMpsServer);
  for (std::size_t i = 0; i < cold; ++i) time += emulator.pacer.Draw(Latency::kFirstTouch);
  return time;
}

}  // namespace

MpsService::MpsService(Emulator& emulator, MpsLog log, int clients, int daemon)
    : emulator_(emulator), log_(std::move(log)), listener_(clients), daemon_(daemon) {}

bool MpsService::Open() {
  const auto gpus = VisibleHere(emulator_, AllGpus(emulator_.settings));
  const std::size_t cold = emulator_.ledger.Attach(Role::kCudaAttached, gpus);
  emulator_.driver_lock.Spend(StartTime(emulator_, cold));
  const bool opened = std::all_of(gpus.begin(), gpus.end(), [&](std::uint64_t gpu) {
    return emulator_.ledger.OpenMpsServer(gpu) == Refusal::kNone;
  });
  log_.Say(opened ? "Startup" : "Startup failed: a GPU cannot be had");
  return opened;
}

void MpsService::Run() {
  const Signals signals({SIGTERM, SIGINT, SIGHUP});
  while (state_ == State::kServing || (state_ == State::kDraining && !clients_.empty())) {
    Wait(signals);
  }
  log_.Say("Exit");
  emulator_.ledger.Detach(Role::kMpsServer);
  emulator_.ledger.Detach(Role::kCudaAttached);
}

void MpsService::Wait(const Signals& signals) {
  const bool deaf = emulator_.settings.mps_server == MpsServer::kHangsAtStart;
  std::vector<pollfd> events(kFirstClient + clients_.size());
  events[kSignals] = {signals.Number(), POLLIN, 0};
  events[kDaemon] = {daemon_.Number(), POLLIN, 0};
  events[kListener] = {deaf ? -1 : listener_.Number(), POLLIN, 0};
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    events[kFirstClient + i] = {clients_[i].Number(), POLLIN, 0};
  }
  poll(events.data(), events.size(), -1);
  std::vector<bool> ready;
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    ready.push_back(events[kFirstClient + i].revents != 0);
  }
  if (events[kSignals].revents != 0) state_ = State::kOver;
  if (events[kDaemon].revents != 0) HearDaemon();
  HearClients(ready);
  if (events[kListener].revents != 0) Welcome();
}

void MpsService::HearDaemon() {
  const auto letter = ReceiveLetter(daemon_);
  if (letter) {
    state_ = *letter == kMpsDrain ? State::kDraining : State::kOver;
  } else if (emulator_.settings.mps_server == MpsServer::kOutlivesDaemon) {
    daemon_.Close();
  } else {
    state_ = State::kOver;
  }
}

void MpsService::Welcome() {
  Descriptor client(accept4(listener_.Number(), nullptr, nullptr, SOCK_CLOEXEC));
  if (client.IsOpen() && Send(client, std::string(1, kMpsReady))) {
    clients_.push_back(std::move(client));
  }
}

void MpsService::HearClients(const std::vector<bool>& ready) {
  std::vector<Descriptor> staying;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (!ready[i] || HearClient(clients_[i])) staying.push_back(std::move(clients_[i]));
  }
  clients_ = std::move(staying);
}

/// False when it is gone.
bool MpsService::HearClient(const Descriptor& client) const {
  const auto letter = ReceiveLetter(client);
  if (!letter) return false;
  if (emulator_.settings.mps_server == MpsServer::kDiesAfterContext) raise(SIGKILL);
  return Send(client, std::string(1, *letter));
}

}  // namespace emulator
