#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/engine/host/registry.h"
#include "emulator/engine/settings/settings.h"

namespace emulator {

/// The memory of a GPU: total = reserved + used + free.
struct MemoryUse {
  std::uint64_t total;
  std::uint64_t reserved;
  std::uint64_t used;
  std::uint64_t free;
};

/// The lists of processes that NVML has. A client of MPS is in the first, too.
enum class ProcessList { kCompute, kGraphics, kMps };

/// A process on a GPU, as NVML lists it.
struct ListedProcess {
  std::uint64_t pid;
  std::optional<std::uint64_t> bytes;  // nothing where the driver cannot tell
  std::uint64_t place;                 // the GPU, or the instance of it that it is on
};

/// Why something cannot be had.
enum class Refusal { kNone, kNoMemory, kHeldByOthers, kTooManyClients };

/// Who holds which GPU of this host, and how much of it: the registry's processes and the
/// configuration's tenants together. Every process of the host sees the same. A `gpu` is any place
/// (settings.h): a MIG instance is held as a GPU is, and what is on it is on its GPU, too.
class Ledger {
 public:
  Ledger(Registry registry, const Settings& settings);

  /// Keeps GPUs awake for this process. Returns how many of them nobody held before and that
  /// persistence mode does not keep awake either.
  std::size_t Attach(Role role, const std::vector<std::uint64_t>& gpus);

  /// Takes this process out of all GPUs in that role.
  void Detach(Role role);

  /// Enters this process's context, unless memory, an exclusive compute mode or the server's limit
  /// of clients forbids it. `server`: of MPS; pid 0 without.
  Refusal OpenContext(std::uint64_t gpu, const ProcessId& server);
  void CloseContext(std::uint64_t gpu);

  /// Enters this process as a server of MPS on a GPU. Detach takes it out again.
  Refusal OpenMpsServer(std::uint64_t gpu);

  /// The GPUs that a server of MPS has for its clients, in their order.
  std::vector<std::uint64_t> GpusOfMpsServer(const ProcessId& server);

  /// Device memory in this process's context. All of it goes when the context does.
  Refusal Take(std::uint64_t gpu, std::uint64_t bytes);
  void Give(std::uint64_t gpu, std::uint64_t bytes);

  MemoryUse Memory(std::uint64_t gpu);
  std::vector<ListedProcess> Processes(std::uint64_t gpu, ProcessList list);

 private:
  Refusal Open(const Record& wanted);

  Registry registry_;
  const Settings& settings_;
  ProcessId self_;
};

}  // namespace emulator
