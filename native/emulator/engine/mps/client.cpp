#include "emulator/engine/mps/client.h"

#include <sys/stat.h>

#include <utility>

#include "emulator/engine/environment.h"
#include "emulator/engine/mps/protocol.h"
#include "emulator/engine/mps/sockets.h"

namespace emulator {

std::string MpsPipeDirectory(const Settings& settings) {
  const auto named = Environment("CUDA_MPS_PIPE_DIRECTORY");
  return named && !named->empty() ? *named : settings.mps_default_directory;
}

std::string MpsHostName() {
  struct stat status {};
  const auto directory = Environment("CUDAPROBE_EMULATOR");
  if (!directory || stat(directory->c_str(), &status) != 0) return "nowhere";
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

MpsClient::MpsClient(Descriptor connection, const ProcessId& server,
                     double active_thread_percentage)
    : connection_(std::move(connection)),
      server_(server),
      active_thread_percentage_(active_thread_percentage) {}

MpsClient::Joined MpsClient::Join(const Settings& settings) {
  const std::string directory = MpsPipeDirectory(settings);
  const Descriptor control = ConnectTo(directory, kControlSocket);
  if (!control.IsOpen()) return {Status::kSuccess, std::nullopt};
  const bool sent = Send(control, "attach " + MpsHostName() + "\n");
  const auto reply = sent ? ReceiveLine(control) : std::nullopt;
  if (!reply) return {Status::kMpsConnectionFailed, std::nullopt};
  if (*reply == kMpsElsewhere) return {Status::kSuccess, std::nullopt};
  if (*reply == kMpsDraining) return {Status::kMpsServerNotReady, std::nullopt};
  return Connect(directory, *reply);
}

MpsClient::Joined MpsClient::Connect(const std::string& directory, const std::string& reply) {
  const auto offer = ParseMpsOffer(reply);
  if (!offer) return {Status::kMpsConnectionFailed, std::nullopt};
  Descriptor connection = ConnectTo(directory, kServerSocket);
  const bool served = connection.IsOpen() && ReceiveLetter(connection) == kMpsReady;
  if (!served) return {Status::kMpsConnectionFailed, std::nullopt};
  return {Status::kSuccess,
          MpsClient(std::move(connection), offer->server, offer->active_thread_percentage)};
}

bool MpsClient::IsServerGone() const {
  return IsHungUp(connection_);
}

void MpsClient::TellOfContext() const {
  if (Send(connection_, std::string(1, kMpsContext))) ReceiveLetter(connection_);
}

}  // namespace emulator
