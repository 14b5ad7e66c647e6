#include "emulator/engine/host/ledger.h"

#include <algorithm>
#include <utility>

namespace emulator {
namespace {

using Records = Registry::Records;

struct Place {
  Role role;
  ProcessId process;
  std::uint64_t gpu;
};

bool IsAt(const Record& record, const Place& place) {
  return record.role == place.role && record.process == place.process &&
         record.gpu == static_cast<std::int64_t>(place.gpu);
}

bool IsOn(const Record& record, std::uint64_t gpu) {
  return record.role != Role::kNone && record.gpu == static_cast<std::int64_t>(gpu);
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

/// The record of that place, made when there is none; null when the registry is full.
Record* FindOrMake(Records& records, const Place& place) {
  if (Record* record = Find(records, place)) return record;
  auto* free = std::find_if(records.begin(), records.end(),
                            [](const Record& record) { return record.role == Role::kNone; });
  if (free == records.end()) return nullptr;
  *free = {place.role, place.process, static_cast<std::int64_t>(place.gpu), 0, 0, 0};
  return free;
}

bool HasTenant(const Settings& settings, std::uint64_t gpu) {
  return std::any_of(settings.tenants.begin(), settings.tenants.end(),
                     [&](const Tenant& tenant) { return tenant.gpu == gpu; });
}

bool IsHeld(const Records& records, std::uint64_t gpu) {
  return std::any_of(records.begin(), records.end(),
                     [&](const Record& record) { return IsOn(record, gpu) && IsAlive(record); });
}

std::uint64_t UsedBytes(const Records& records, const Settings& settings, std::uint64_t gpu) {
  std::uint64_t bytes = 0;
  for (const Record& record : records) {
    if (IsOn(record, gpu)) bytes += record.bytes + record.overhead_bytes;
  }
  for (const Tenant& tenant : settings.tenants) {
    if (tenant.gpu == gpu) bytes += tenant.bytes;
  }
  return bytes;
}

MemoryUse MemoryOf(const Records& records, const Settings& settings, std::uint64_t gpu) {
  const std::uint64_t total = settings.profile.memory_total_bytes;
  const std::uint64_t reserved = std::min(settings.profile.memory_reserved_bytes, total);
  const std::uint64_t used = std::min(UsedBytes(records, settings, gpu), total - reserved);
  return {total, reserved, used, total - reserved - used};
}

/// A compute tenant, or another process's context: what an exclusive mode looks at.
bool IsTaken(const Records& records, const Settings& settings, const Place& own) {
  const bool tenant =
      std::any_of(settings.tenants.begin(), settings.tenants.end(), [&](const Tenant& other) {
        return other.gpu == own.gpu && other.type == Tenant::Type::kCompute;
      });
  return tenant || std::any_of(records.begin(), records.end(), [&](const Record& record) {
           return IsOn(record, own.gpu) && record.role == Role::kContext && IsAlive(record) &&
                  !(record.process == own.process);
         });
}

bool IsForbidden(const Records& records, const Settings& settings, const Place& own) {
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

bool IsInList(const Tenant& tenant, ProcessList list) {
  if (list == ProcessList::kMps) return tenant.is_mps;
  return (tenant.type == Tenant::Type::kGraphics) == (list == ProcessList::kGraphics);
}

ListedProcess ListingOf(const Tenant& tenant) {
  if (!tenant.is_memory_available) return {tenant.pid, std::nullopt};
  return {tenant.pid, tenant.bytes};
}

std::vector<ListedProcess> ListedRecords(const Records& records, std::uint64_t gpu,
                                         ProcessList list) {
  std::vector<ListedProcess> listed;
  for (const Record& record : records) {
    const bool shown = IsOn(record, gpu) && record.role == Role::kContext && IsAlive(record) &&
                       list == ProcessList::kCompute;
    if (shown) listed.push_back({static_cast<std::uint64_t>(record.process.pid), record.bytes});
  }
  return listed;
}

}  // namespace

Ledger::Ledger(Registry registry, const Settings& settings)
    : registry_(std::move(registry)), settings_(settings), self_(ThisProcess()) {}

std::size_t Ledger::Attach(Role role, const std::vector<std::uint64_t>& gpus) {
  const bool persistent = settings_.profile.persistence_mode == PersistenceMode::kEnabled;
  return registry_.Locked([&](Records& records) {
    std::size_t cold = 0;
    for (const std::uint64_t gpu : gpus) {
      if (!persistent && !IsHeld(records, gpu) && !HasTenant(settings_, gpu)) ++cold;
      FindOrMake(records, {role, self_, gpu});
    }
    return cold;
  });
}

void Ledger::Detach(Role role) {
  registry_.Locked([&](Records& records) {
    for (Record& record : records) {
      if (record.role == role && record.process == self_) record = Record{};
    }
  });
}

Refusal Ledger::OpenContext(std::uint64_t gpu) {
  const Profile& profile = settings_.profile;
  const Place place{Role::kContext, self_, gpu};
  return registry_.Locked([&](Records& records) {
    if (IsForbidden(records, settings_, place)) return Refusal::kHeldByOthers;
    const std::uint64_t need = profile.context_bytes + profile.context_overhead_bytes;
    if (MemoryOf(records, settings_, gpu).free < need) return Refusal::kNoMemory;
    Record* record = FindOrMake(records, place);
    if (record == nullptr) return Refusal::kNoMemory;
    record->bytes = profile.context_bytes;
    record->overhead_bytes = profile.context_overhead_bytes;
    return Refusal::kNone;
  });
}

void Ledger::CloseContext(std::uint64_t gpu) {
  registry_.Locked([&](Records& records) {
    if (Record* record = Find(records, {Role::kContext, self_, gpu})) *record = Record{};
  });
}

Refusal Ledger::Take(std::uint64_t gpu, std::uint64_t bytes) {
  return registry_.Locked([&](Records& records) {
    Record* record = Find(records, {Role::kContext, self_, gpu});
    if (record == nullptr || MemoryOf(records, settings_, gpu).free < bytes) {
      return Refusal::kNoMemory;
    }
    record->bytes += bytes;
    return Refusal::kNone;
  });
}

void Ledger::Give(std::uint64_t gpu, std::uint64_t bytes) {
  registry_.Locked([&](Records& records) {
    if (Record* record = Find(records, {Role::kContext, self_, gpu})) record->bytes -= bytes;
  });
}

MemoryUse Ledger::Memory(std::uint64_t gpu) {
  return registry_.Locked(
      [&](const Records& records) { return MemoryOf(records, settings_, gpu); });
}

std::vector<ListedProcess> Ledger::Processes(std::uint64_t gpu, ProcessList list) {
  std::vector<ListedProcess> listed =
      registry_.Locked([&](const Records& records) { return ListedRecords(records, gpu, list); });
  for (const Tenant& tenant : settings_.tenants) {
    const bool shown = tenant.gpu == gpu && !tenant.is_hidden && IsInList(tenant, list);
    if (shown) listed.push_back(ListingOf(tenant));
  }
  return listed;
}

}  // namespace emulator
