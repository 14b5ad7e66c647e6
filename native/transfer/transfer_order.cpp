#include "transfer/transfer_order.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace {

constexpr char kDefaultSizes[] = "4096,65536,1048576,16777216,67108864";

/// Calls `take(text, length)` for each part between commas, until it returns false.
template <typename Take>
bool ForEachPart(const char* list, Take take) {
  while (true) {
    const std::size_t length = std::strcspn(list, ",");
    if (!take(list, length)) return false;
    if (list[length] == '\0') return true;
    list += length + 1;
  }
}

/// The number that a part is; 0 when it is none, or larger than a size may be.
std::size_t ReadSize(const char* text, std::size_t length) {
  constexpr std::size_t kLargest = std::size_t{1} << 30U;
  constexpr std::size_t kMostDigits = 10;
  if (length > kMostDigits || std::strspn(text, "0123456789") != length) return 0;
  const std::size_t size = std::strtoul(text, nullptr, 10);
  return size <= kLargest ? size : 0;
}

bool ReadSizes(const char* list, Array<std::size_t>& sizes) {
  constexpr std::size_t kMost = 16;
  std::size_t last = 0;
  return ForEachPart(list, [&](const char* text, std::size_t length) {
    const std::size_t size = ReadSize(text, length);
    if (size <= last || size % 4 != 0 || sizes.Size() == kMost) return false;
    last = sizes.Append(size);
    return true;
  });
}

bool Has(const Array<UuidText>& uuids, const UuidText& wanted) {
  return std::any_of(uuids.begin(), uuids.end(), [&](const UuidText& uuid) {
    return std::strcmp(uuid.text, wanted.text) == 0;
  });
}

bool ReadPeers(const char* list, const char* device, Array<UuidText>& peers) {
  return ForEachPart(list, [&](const char* text, std::size_t length) {
    UuidText peer{};
    if (length >= sizeof peer.text) return false;
    std::memcpy(peer.text, text, length);
    if (!IsUuid(peer.text) || std::strcmp(peer.text, device) == 0) return false;
    if (peers.Size() == TransferOrder::kMostPeers || Has(peers, peer)) return false;
    peers.Append(peer);
    return true;
  });
}

}  // namespace

void ReadTransferOrder(Options& options, TransferOrder& order) {
  constexpr long long kFewest = 5;
  constexpr long long kMost = 100;
  order.gpu.uuid = options.Text("device", "");
  order.samples = static_cast<int>(options.Integer("samples", kFewest, kFewest, kMost));
  order.libcuda = options.Text("libcuda", "libcuda.so.1");
  order.libnvidia_ml = options.Text("libnvidia_ml", "libnvidia-ml.so.1");
  options.Expect(IsUuid(order.gpu.uuid), "device", "GPU- and a UUID in lower case");
  options.Expect(ReadSizes(options.Text("sizes", kDefaultSizes), order.sizes), "sizes",
                 "at most 16 numbers of bytes, ascending, multiples of 4, up to 1 GiB");
  const char* const peers = options.Text("peers", nullptr);
  options.Expect(peers == nullptr || ReadPeers(peers, order.gpu.uuid, order.peers), "peers",
                 "at most 15 UUIDs of other GPUs");
}
