// function_ipc's second process: receives, verifies and answers.
#pragma once

#include <optional>

#include "function_ipc/function_order.h"
#include "transfer/channel.h"

/// What a producer asks of it, and what is in the messages beside.
enum class FunctionVerb : int {
  /// Get ready. With the shared memory's descriptor, or the socket's. Answers when it is, with the
  /// stamp from which on it has had a context.
  kStart = 1,
  /// `bytes`, `seed`. Answers when it is ready; after the last copy, with the stamp; and when what
  /// came has been verified.
  kWhole,
  /// `bytes`, `seed`. Answers when it is ready; for each window, as much as the staging holds, with
  /// the stamps before and after the copy; and when what came has been verified.
  kLegs,
  /// Answers when it has given everything back, and ends.
  kRelease,
};

/// The consumer's life on the GPU `uuid`. The failure is for the producer to hear, with its phase.
std::optional<Failure> ConsumeFunction(const FunctionOrder& order, const char* uuid,
                                       const Channel& producer);
