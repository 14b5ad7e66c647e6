// What a probe is told that passes data on.
#pragma once

#include <cstddef>

#include "common/array.h"
#include "common/gpu_session.h"
#include "common/options.h"
#include "common/uuid.h"

struct TransferOrder {
  static constexpr std::size_t kMostPeers = 15;

  GpuRequest gpu{"", false};  // the producer's GPU, and the first consumer's
  Array<std::size_t> sizes;   // in bytes, ascending
  int samples = 0;            // that count, of each size
  Array<UuidText> peers;      // other GPUs that consume as well, in turn
  const char* libcuda = "";
  const char* libnvidia_ml = "";

  [[nodiscard]] std::size_t Largest() const { return sizes.Size() == 0 ? 0 : *(sizes.end() - 1); }
};

/// Its options: --device, --sizes, --samples, --peers, --libcuda, --libnvidia_ml.
void ReadTransferOrder(Options& options, TransferOrder& order);
