#include "function_ipc/function_order.h"

#include <algorithm>
#include <cstring>

StagingRequest FunctionOrder::Staging() const {
  constexpr std::size_t kMost = std::size_t{256} << 20U;
  constexpr std::size_t kPage = 4096;
  const std::size_t wanted = (transfer.Largest() + kPage - 1) / kPage * kPage;
  return {std::min(wanted, kMost), pinned, mechanism == Mechanism::kShm};
}

void ReadFunctionOrder(Options& options, FunctionOrder& order) {
  const char* const mechanism = options.Text("mechanism", "shm");
  const char* const memory = options.Text("memory", "pinned");
  const auto is = [](const char* text, const char* wanted) {
    return std::strcmp(text, wanted) == 0;
  };
  if (is(mechanism, "unix")) order.mechanism = Mechanism::kUnix;
  if (is(mechanism, "tcp")) order.mechanism = Mechanism::kTcp;
  order.pinned = is(memory, "pinned");
  options.Expect(order.mechanism != Mechanism::kShm || is(mechanism, "shm"), "mechanism",
                 "shm, unix or tcp");
  options.Expect(order.pinned || is(memory, "pageable"), "memory", "pinned or pageable");
  ReadTransferOrder(options, order.transfer);
}
