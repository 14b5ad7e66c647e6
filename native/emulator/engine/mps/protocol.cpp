#include "emulator/engine/mps/protocol.h"

#include <vector>

#include "emulator/engine/settings/parse.h"

namespace emulator {

std::string MpsOfferText(const MpsOffer& offer) {
  return "server " + std::to_string(offer.server.pid) + " " +
         std::to_string(offer.server.start_time) + " " +
         std::to_string(offer.active_thread_percentage);
}

std::optional<MpsOffer> ParseMpsOffer(const std::string& text) {
  const auto words = WordsOf(text);
  if (words.size() != 4 || words[0] != "server") return std::nullopt;
  const auto pid = ParseCount(words[1]);
  const auto start_time = ParseCount(words[2]);
  const auto percentage = ParseAmount(words[3]);
  if (!pid || !start_time || !percentage) return std::nullopt;
  return MpsOffer{{static_cast<std::int64_t>(*pid), *start_time}, *percentage};
}

}  // namespace emulator
