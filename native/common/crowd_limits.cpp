#include "common/crowd_limits.h"

#include <algorithm>
#include <cstring>

bool HasRoom(const Room& room) {
  const double floor = std::max({room.floor, room.total / 10, 2 * room.member});
  return room.free - room.member >= floor;
}

const char* LimitOf(const char* reason) {
  constexpr const char* kLimits[][2] = {
      {"oom", "memory"}, {"mps_full", "mps_clients"}, {"exclusive", "exclusive_mode"}};
  for (const auto& [met, limit] : kLimits) {
    if (std::strcmp(met, reason) == 0) return limit;
  }
  return nullptr;
}
