#include "emulator/engine/host/ledger.h"

#include <algorithm>
#include <utility>

#include "emulator/engine/host/records.h"

namespace emulator {
namespace {

using Records = Registry::Records;

bool HasTenant(const Settings& settings, std::uint64_t gpu) {
  return std::any_of(settings.tenants.begin(), settings.tenants.end(),
                     [&](const Tenant& tenant) { return settings.Covers(gpu, tenant.place); });
}

std::uint64_t UsedBytes(const Records& records, const Settings& settings, std::uint64_t gpu) {
  std::uint64_t bytes = 0;
  for (const Record& record : records) {
    if (IsPartOf(record, settings, gpu)) bytes += record.bytes + record.overhead_bytes;
  }
  for (const Tenant& tenant : settings.tenants) {
    if (settings.Covers(gpu, tenant.place)) bytes += tenant.bytes;
  }
  return bytes;
}

MemoryUse MemoryOf(const Records& records, const Settings& settings, std::uint64_t gpu) {
  const MigInstance* mig = settings.MigAt(gpu);
  const Profile& profile = settings.profile;
  const std::uint64_t total = mig == nullptr ? profile.memory_total_bytes : mig->bytes;
  const std::uint64_t reserved =
      mig == nullptr ? std::min(profile.memory_reserved_bytes, total) : 0;
  const std::uint64_t used = std::min(UsedBytes(records, settings, gpu), total - reserved);
  return {total, reserved, used, total - reserved - used};
}

bool IsFull(const Records& records, const Settings& settings, const Record& wanted) {
  if (wanted.mps_server.pid == 0) return false;
  const auto gpu = static_cast<std::uint64_t>(wanted.gpu);
  return ClientsOf(records, wanted.mps_server, gpu) >= settings.profile.mps_max_clients;
}

/// Whether the list has it: of whom MPS serves, the second one too.
bool IsInList(const Record& record, ProcessList list) {
  const bool computes = record.role == Role::kContext || record.role == Role::kMpsServer;
  if (list == ProcessList::kMps) return computes && record.mps_server.pid != 0;
  return computes && list == ProcessList::kCompute;
}

bool IsInList(const Tenant& tenant, ProcessList list) {
  if (list == ProcessList::kMps) return tenant.is_mps;
  return (tenant.type == Tenant::Type::kGraphics) == (list == ProcessList::kGraphics);
}

ListedProcess ListingOf(const Record& record) {
  return {static_cast<std::uint64_t>(record.process.pid), record.bytes,
          static_cast<std::uint64_t>(record.gpu)};
}

ListedProcess ListingOf(const Tenant& tenant) {
  if (!tenant.is_memory_available) return {tenant.pid, std::nullopt, tenant.place};
  return {tenant.pid, tenant.bytes, tenant.place};
}

}  // namespace

Ledger::Ledger(Registry registry, const Settings& settings)
    : registry_(std::move(registry)), settings_(settings), self_(ThisProcess()) {}

std::size_t Ledger::Attach(Role role, const std::vector<std::uint64_t>& gpus) {
  const bool persistent = settings_.profile.persistence_mode == PersistenceMode::kEnabled;
  return registry_.Locked([&](Records& records) {
    std::size_t cold = 0;
    for (const std::uint64_t gpu : gpus) {
      if (!persistent && !IsHeld(records, settings_, gpu) && !HasTenant(settings_, gpu)) ++cold;
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

Refusal Ledger::Open(const Record& wanted) {
  const auto gpu = static_cast<std::uint64_t>(wanted.gpu);
  return registry_.Locked([&](Records& records) {
    if (IsForbidden(records, settings_, wanted)) return Refusal::kHeldByOthers;
    if (IsFull(records, settings_, wanted)) return Refusal::kTooManyClients;
    const std::uint64_t need = wanted.bytes + wanted.overhead_bytes;
    if (MemoryOf(records, settings_, gpu).free < need) return Refusal::kNoMemory;
    Record* record = FindOrMake(records, {wanted.role, wanted.process, gpu});
    if (record == nullptr) return Refusal::kNoMemory;
    *record = wanted;
    return Refusal::kNone;
  });
}

/// What a GPU lacks besides is the server's with MPS: its clients are told from it by nothing else.
Refusal Ledger::OpenContext(std::uint64_t gpu, const ProcessId& server) {
  const Profile& profile = settings_.profile;
  const bool alone = server.pid == 0;
  return Open({Role::kContext, self_, static_cast<std::int64_t>(gpu),
               alone ? profile.context_bytes : profile.mps_client_bytes,
               alone ? profile.context_overhead_bytes : 0, server, 0});
}

void Ledger::CloseContext(std::uint64_t gpu) {
  registry_.Locked([&](Records& records) {
    if (Record* record = Find(records, {Role::kContext, self_, gpu})) *record = Record{};
  });
}

Refusal Ledger::OpenMpsServer(std::uint64_t gpu) {
  const Profile& profile = settings_.profile;
  return Open({Role::kMpsServer,
               self_,
               static_cast<std::int64_t>(gpu),
               profile.mps_server_bytes,
               profile.context_overhead_bytes,
               {},
               0});
}

std::vector<std::uint64_t> Ledger::GpusOfMpsServer(const ProcessId& server) {
  std::vector<std::uint64_t> gpus;
  registry_.Locked([&](const Records& records) {
    for (const Record& record : records) {
      const bool serves = record.role == Role::kMpsServer && record.process == server;
      if (serves && IsAlive(record)) gpus.push_back(static_cast<std::uint64_t>(record.gpu));
    }
  });
  std::sort(gpus.begin(), gpus.end());
  return gpus;
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
  std::vector<ListedProcess> listed;
  registry_.Locked([&](const Records& records) {
    for (const Record& record : records) {
      const bool here = IsPartOf(record, settings_, gpu) && IsAlive(record);
      const bool shown = here && IsInList(record, list);
      if (shown) listed.push_back(ListingOf(record));
    }
  });
  for (const Tenant& tenant : settings_.tenants) {
    const bool here = settings_.Covers(gpu, tenant.place) && !tenant.is_hidden;
    const bool shown = here && IsInList(tenant, list);
    if (shown) listed.push_back(ListingOf(tenant));
  }
  return listed;
}

}  // namespace emulator
