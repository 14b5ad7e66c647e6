#include "emulator/engine/host/records.h"

#include <algorithm>

namespace emulator {
namespace {

using Records = Registry::Records;

bool IsAt(const Record& record, const Place& place) {
  return record.role == place.role && record.process == place.process && IsOn(record, place.gpu);
}

/// Who a GPU in an exclusive mode belongs to when this record has it.
const ProcessId& OwnerOf(const Record& record) {
  return record.mps_server.pid == 0 ? record.process : record.mps_server;
}

/// A compute tenant, or another process's context: what an exclusive mode looks at.
bool IsTaken(const Records& records, const Settings& settings, const Record& own) {
  const auto gpu = static_cast<std::uint64_t>(own.gpu);
  const bool tenant =
      std::any_of(settings.tenants.begin(), settings.tenants.end(), [&](const Tenant& other) {
        return other.place == gpu && other.type == Tenant::Type::kCompute;
      });
  return tenant || std::any_of(records.begin(), records.end(), [&](const Record& record) {
           const bool takes = record.role == Role::kContext || record.role == Role::kMpsServer;
           return takes && IsOn(record, gpu) && IsAlive(record) &&
                  !(OwnerOf(record) == OwnerOf(own));
         });
}

}  // namespace

bool IsOn(const Record& record, std::uint64_t gpu) {
  return record.role != Role::kNone && record.gpu == static_cast<std::int64_t>(gpu);
}

bool IsPartOf(const Record& record, const Settings& settings, std::uint64_t gpu) {
  return record.role != Role::kNone && settings.Covers(gpu, static_cast<std::uint64_t>(record.gpu));
}

bool IsAlive(const Record& record) {
  return record.dead_since == 0;
}

Record* Find(Records& records, const Place& place) {
  auto* found = std::find_if(records.begin(), records.end(), [&](const Record& record) {
    return IsAt(record, place) && IsAlive(record);
  });
  return found == records.end() ? nullptr : found;
}

Record* FindOrMake(Records& records, const Place& place) {
  if (Record* record = Find(records, place)) return record;
  auto* free = std::find_if(records.begin(), records.end(),
                            [](const Record& record) { return record.role == Role::kNone; });
  if (free == records.end()) return nullptr;
  *free = Record{};
  free->role = place.role;
  free->process = place.process;
  free->gpu = static_cast<std::int64_t>(place.gpu);
  return free;
}

bool IsHeld(const Records& records, const Settings& settings, std::uint64_t gpu) {
  return std::any_of(records.begin(), records.end(), [&](const Record& record) {
    return IsPartOf(record, settings, settings.GpuOf(gpu)) && IsAlive(record);
  });
}

std::uint64_t ClientsOf(const Records& records, const ProcessId& server, std::uint64_t gpu) {
  const auto count = std::count_if(records.begin(), records.end(), [&](const Record& record) {
    return record.role == Role::kContext && IsOn(record, gpu) && IsAlive(record) &&
           record.mps_server == server;
  });
  return static_cast<std::uint64_t>(count);
}

bool IsForbidden(const Records& records, const Settings& settings, const Record& own) {
  switch (settings.profile.compute_mode) {
    case ComputeMode::kDefault:
      return false;
    case ComputeMode::kProhibited:
      return true;
    case ComputeMode::kExclusiveThread:
    case ComputeMode::kExclusiveProcess:
      return IsTaken(records, settings, own);
  }
  return true;
}

}  // namespace emulator
