#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "emulator/engine/cuda/device_memory.h"
#include "emulator/engine/cuda/imports.h"
#include "emulator/engine/cuda/module.h"
#include "emulator/engine/cuda/outcome.h"
#include "emulator/engine/cuda/small_blocks.h"
#include "emulator/engine/cuda/streams.h"
#include "emulator/engine/emulator.h"
#include "emulator/engine/mps/client.h"

namespace emulator {

/// The primary context of one GPU or MIG instance: all that a process has there. It lives as long
/// as the process, and is active while somebody retains it.
class Context {
 public:
  /// `mps`: null where none serves this process.
  Context(Emulator& emulator, std::uint64_t gpu, const MpsClient* mps)
      : emulator_(emulator), gpu_(gpu), mps_(mps) {}

  [[nodiscard]] std::uint64_t Gpu() const { return gpu_; }
  [[nodiscard]] bool IsActive() const { return references_ > 0; }

  /// The first makes the context, which takes its time and may be refused.
  Status Retain();

  /// The last waits for the GPU, then gives everything back.
  Status Release();

  /// Success, or the error that a kernel died of: nothing works any more until all is released.
  /// With MPS nothing does without its server, either.
  [[nodiscard]] Status Health() const;

  /// Device memory, by its address. Freeing waits for the GPU. Who exported once may do so again:
  /// what it allocates from then on is ready to be.
  struct Allocated {
    Status status;
    std::uint64_t address;
  };
  Allocated Allocate(std::size_t bytes);
  Status Free(std::uint64_t address);

  /// Counts blocks for this process, until the charge is gone or the context is.
  struct Charged {
    Status status;
    std::shared_ptr<const void> charge;
  };
  Charged ChargeFor(std::uint64_t bytes);

  /// Device memory between processes, where the profile has it; never on a MIG instance. The first
  /// export of a block waits for the GPU, and so does closing.
  [[nodiscard]] bool HasIpc() const;
  [[nodiscard]] bool HasIpcEvents() const;
  struct Exported {
    Status status;
    MemoryHandle handle;
  };
  Exported Export(std::uint64_t address);
  Allocated Import(const MemoryHandle& handle);
  Status CloseImport(std::uint64_t address);

  /// Returns when the GPU has done all it was given.
  void AwaitAll();

  /// Starts a kernel on a stream.
  Status Start(StreamHandle& stream, const Function& function, void* const* parameters);

  // Only while it is active.
  DeviceMemory& Memory() { return contents_->memory; }
  Modules& LoadedModules() { return contents_->modules; }
  Streams& AllStreams() { return contents_->streams; }

 private:
  struct Contents {
    explicit Contents(Emulator& emulator) : modules(emulator) {}

    DeviceMemory memory;
    SmallBlocks small_blocks;
    Imports imports{memory};
    Modules modules;
    Streams streams;
    bool has_launched = false;
    bool has_exported = false;
    std::shared_ptr<const bool> life = std::make_shared<const bool>(true);  // ends with it
  };

  Status Open();
  Allocated Enter(const MemoryRange& range);

  Emulator& emulator_;
  std::uint64_t gpu_;
  const MpsClient* mps_;
  int references_ = 0;
  std::atomic<int> broken_{0};
  std::unique_ptr<Contents> contents_;
};

}  // namespace emulator
