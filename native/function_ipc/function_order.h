// What function_ipc is told.
#pragma once

#include "function_ipc/staging.h"
#include "transfer/transfer_order.h"

/// How data passes from the producer's host memory to the consumer's.
enum class Mechanism { kShm, kUnix, kTcp };

struct FunctionOrder {
  TransferOrder transfer;
  Mechanism mechanism = Mechanism::kShm;
  bool pinned = true;

  /// As much as the largest size takes, and not more than what a copy needs to be as fast as any.
  [[nodiscard]] StagingRequest Staging() const;
};

/// Its options: those of ReadTransferOrder, --mechanism, --memory.
void ReadFunctionOrder(Options& options, FunctionOrder& order);
