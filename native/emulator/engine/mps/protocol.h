#pragma once

#include <optional>
#include <string>

#include "emulator/engine/host/process.h"

// What clients, daemon and server of MPS say to each other.
namespace emulator {

/// The daemon to a client: it is another host's, it ends, or this server is yours.
constexpr const char* kMpsElsewhere = "elsewhere";
constexpr const char* kMpsDraining = "draining";
struct MpsOffer {
  ProcessId server;
  double active_thread_percentage = 100;
};
std::string MpsOfferText(const MpsOffer& offer);
std::optional<MpsOffer> ParseMpsOffer(const std::string& text);

/// The server to a client that it serves; a client to its server, which answers the same.
constexpr char kMpsReady = 'r';
constexpr char kMpsContext = 'c';

/// The daemon to a server: end with the last client; end now.
constexpr char kMpsDrain = 'd';
constexpr char kMpsQuit = 'q';

}  // namespace emulator
