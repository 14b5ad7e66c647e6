// Any arguments of the launcher, as its command line or told, and of the probes that pass data on.
#include "common/device_choice.h"
#include "fuzz/input.h"
#include "launcher/call.h"
#include "launcher/order.h"
#include "transfer/transfer_order.h"

namespace {

void ReadLaunch(CommandLine& line) {
  const std::optional<Order> order = ReadOrder(line.Count(), line.Words());
  if (!order) return;
  Require(order->instances >= 1 && order->instances <= kMostInstances);
  Require(order->program[0] != nullptr);
}

void ReadCall(std::string_view told) {
  Array<char> text;
  for (const char character : told) text.Append(character);
  Call call;
  if (!call.Parse(text)) return;
  Require(call.Words()[0] != nullptr);
  char** last = call.Words();
  while (*last != nullptr) ++last;
  Require(last + 1 == call.Variables());
  while (*++last != nullptr) Require(*last >= text.begin() && *last < text.end());
}

void ReadTransfer(CommandLine& line) {
  Options options(line.Count(), line.Words());
  TransferOrder order;
  ReadTransferOrder(options, order);
  if (!options.Complete("program")) return;
  Require(IsUuid(order.gpu.uuid));
  Require(order.sizes.Size() >= 1 && order.sizes.Size() <= 16);
  Require(order.peers.Size() <= TransferOrder::kMostPeers);
  for (const std::size_t size : order.sizes) Require(size > 0 && size % 4 == 0);
}

void ReadDevice(CommandLine& line) {
  Options options(line.Count(), line.Words());
  const char* const device = ChooseDevice(options);
  if (options.Complete("program")) Require(IsUuid(device));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  CommandLine line(AsText(data, size));
  ReadLaunch(line);
  ReadCall(AsText(data, size));
  ReadTransfer(line);
  ReadDevice(line);
  return 0;
}
