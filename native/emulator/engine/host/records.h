#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/engine/host/registry.h"
#include "emulator/engine/settings/settings.h"

// Questions about the registry's records, asked while nobody else changes them.
namespace emulator {

/// A process on a GPU in a role: what a record is found by.
struct Place {
  Role role;
  ProcessId process;
  std::uint64_t gpu;
};

bool IsOn(const Record& record, std::uint64_t gpu);

/// The same, or on a MIG instance of it.
bool IsPartOf(const Record& record, const Settings& settings, std::uint64_t gpu);
bool IsAlive(const Record& record);

/// The record of that place; null when there is none.
Record* Find(Registry::Records& records, const Place& place);

/// The same, made when there is none; null when the registry is full.
Record* FindOrMake(Registry::Records& records, const Place& place);

/// Whether somebody keeps the GPU awake.
bool IsHeld(const Registry::Records& records, const Settings& settings, std::uint64_t gpu);

/// How many contexts the clients of a server of MPS have on a GPU.
std::uint64_t ClientsOf(const Registry::Records& records, const ProcessId& server,
                        std::uint64_t gpu);

/// Whether the GPU's compute mode keeps a process out. The clients of one server of MPS are, with
/// it, one process.
bool IsForbidden(const Registry::Records& records, const Settings& settings, const Record& own);

}  // namespace emulator
