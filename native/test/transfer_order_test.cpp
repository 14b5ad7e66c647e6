// The sizes and GPUs that a probe which passes data on is told.
#include "transfer/transfer_order.h"

#include <vector>

#include "test/check.h"

namespace {

const std::string kDevice = "GPU-00000000-0000-0000-0000-000000000000";
const std::string kPeer = "GPU-00000000-0000-0000-0000-000000000001";
const std::string kOther = "GPU-00000000-0000-0000-0000-000000000002";

/// Whether the options are accepted, and what they come to.
bool Read(std::vector<std::string> words, TransferOrder& order) {
  words.insert(words.begin(), {"program", "--device=" + kDevice});
  std::vector<char*> pointers;
  pointers.reserve(words.size());
  for (std::string& word : words) pointers.push_back(word.data());
  Options options(static_cast<int>(pointers.size()), pointers.data());
  ReadTransferOrder(options, order);
  return options.Complete("program");
}

bool Accepts(std::vector<std::string> words) {
  TransferOrder order;
  return Read(std::move(words), order);
}

void WhatIsNotSaidHasDefaults() {
  TransferOrder order;
  CHECK(Read({}, order));
  CHECK(order.sizes.Size() == 5 && order.sizes[0] == 4096);
  CHECK(order.Largest() == std::size_t{64} << 20U);
  CHECK(order.samples == 5);
  CHECK(order.peers.Size() == 0);
}

void SizesAreRead() {
  TransferOrder order;
  CHECK(Read({"--sizes=4,4096,1073741824"}, order));
  CHECK(order.sizes.Size() == 3 && order.sizes[1] == 4096);
  CHECK(order.Largest() == std::size_t{1} << 30U);
}

void SizesThatCannotBeAreRefused() {
  for (const char* sizes : {"", "0", "3", "6", "4,", ",4", "4,,8", "8,4", "4,4", "4x", "-4", " 4",
                            "1073741828", "99999999999999999999"})
    CHECK(!Accepts({std::string("--sizes=") + sizes}));
}

void SixteenSizesAreTheMost() {
  std::string sizes = "4";
  for (int size = 2; size <= 16; ++size) sizes += "," + std::to_string(4 * size);
  CHECK(Accepts({"--sizes=" + sizes}));
  CHECK(!Accepts({"--sizes=" + sizes + ",1024"}));
}

void SamplesAreFiveToAHundred() {
  CHECK(Accepts({"--samples=100"}));
  CHECK(!Accepts({"--samples=4"}));
  CHECK(!Accepts({"--samples=101"}));
}

std::string Both(std::string one, const std::string& other) {
  return one.append(",").append(other);
}

void PeersAreOtherGpus() {
  TransferOrder order;
  CHECK(Read({"--peers=" + Both(kPeer, kOther)}, order));
  CHECK(order.peers.Size() == 2);
  CHECK_TEXT(order.peers[1].text, kOther);
}

void OtherPeersAreRefused() {
  for (const std::string& peers :
       {std::string(), kDevice, Both(kPeer, ""), Both(kPeer, kPeer), kPeer + "0"})
    CHECK(!Accepts({"--peers=" + peers}));
}

}  // namespace

int main() {
  // What is refused is said on standard error; here that is no news.
  CHECK(std::freopen("/dev/null", "w", stderr) != nullptr);
  WhatIsNotSaidHasDefaults();
  SizesAreRead();
  SizesThatCannotBeAreRefused();
  SixteenSizesAreTheMost();
  SamplesAreFiveToAHundred();
  PeersAreOtherGpus();
  OtherPeersAreRefused();
  return Failures();
}
