#include "common/process_list.h"

#include "test/check.h"
#include "test/nvml_library.h"

namespace {

using nvml_library::Answers;
using nvml_library::Call;
using nvml_library::Calls;
using nvml_library::Process;

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;

Call Listing(std::vector<Process> processes, std::size_t stride = 24) {
  return {NVML_SUCCESS, stride, std::move(processes), 0};
}

/// What Read makes of `calls`: a line a process, or the reason of the failure.
std::string Told(Calls calls, ProcessList& list) {
  constexpr const char* kClients[] = {"graphics", "compute", "mps"};
  Nvml nvml;
  std::string told;
  Answers() = std::move(calls);
  CHECK(!nvml.Load(nullptr));
  if (const auto failure = list.Read(nvml, nullptr, 80e9))
    told = std::string(failure->reason) + " " + failure->code + "; ";
  for (const ListedProcess& process : list) {
    const std::string bytes = process.bytes ? std::to_string(*process.bytes / kMiB) : "?";
    told += std::to_string(process.pid) + " " + kClients[static_cast<int>(process.client)] + " " +
            bytes + "; ";
  }
  return told + (list.HasStrideAnomaly() ? "anomaly" : "");
}

std::string Told(Calls calls) {
  ProcessList list;
  return Told(std::move(calls), list);
}

void TheListsAreMergedByPid() {
  Calls calls;
  calls.compute3 = Listing({{7, 5 * kMiB}, {3, 2 * kMiB}, {4, kMiB}});
  calls.graphics1 = Listing({{9, kMiB}, {3, 8 * kMiB}}, 16);
  calls.mps3 = Listing({{7, 6 * kMiB}});
  CHECK_TEXT(Told(calls), "3 compute 8; 4 compute 1; 7 mps 6; 9 graphics 1; ");
}

void WhatOneListKnowsIsKnown() {
  Calls calls;
  calls.compute3 = Listing({{1, NVML_VALUE_NOT_AVAILABLE}, {2, NVML_VALUE_NOT_AVAILABLE}});
  calls.mps3 = Listing({{1, kMiB}});
  CHECK_TEXT(Told(calls), "1 mps 1; 2 compute ?; ");
}

void AnOlderCallTakesThePlaceOfOneThatIsMissing() {
  Calls calls;
  calls.compute1 = Listing({{1, kMiB}}, 16);
  CHECK_TEXT(Told(calls), "1 compute 1; ");
  calls.compute2 = Listing({{2, kMiB}});
  CHECK_TEXT(Told(calls), "2 compute 1; ");
  CHECK(Answers().compute1.asked == 0);
}

void AnOtherLengthIsReadAndSaid() {
  Calls calls;
  calls.compute3 = Listing({{1, kMiB}, {2, kMiB}}, 32);
  CHECK_TEXT(Told(calls), "1 compute 1; 2 compute 1; anomaly");
  calls.compute3 = Listing({{1, kMiB}, {2, kMiB}}, 16);
  CHECK_TEXT(Told(calls), "1 compute 1; 2 compute 1; anomaly");
}

void AnOlderCallTakesThePlaceOfOneThatIsGarbled() {
  Calls calls;
  calls.compute3 = Listing({{1, kMiB}, {2, kMiB}}, 40);
  calls.compute2 = Listing({{0, kMiB}});
  calls.compute1 = Listing({{5, kMiB}}, 16);
  CHECK_TEXT(Told(calls), "5 compute 1; anomaly");
}

void OnlyGarbageIsAFailure() {
  Calls calls;
  calls.compute3 = Listing({{1, kMiB}, {2, kMiB}}, 40);
  CHECK_TEXT(Told(calls), "corrupt ; anomaly");
  calls.compute3 = Listing({});
  calls.graphics1 = Listing({{1, ~std::uint64_t{1}}}, 16);
  CHECK_TEXT(Told(calls), "corrupt ; anomaly");
}

void EmptyListsAreNoFailure() {
  Calls calls;
  calls.compute3 = Listing({});
  CHECK_TEXT(Told(calls), "");
  calls.graphics1.code = NVML_ERROR_NOT_SUPPORTED;
  CHECK_TEXT(Told(calls), "");
}

void AFailingListIsAFailureOfTheWhole() {
  Calls calls;
  CHECK_TEXT(Told(calls), "driver_too_old NVML_ERROR_FUNCTION_NOT_FOUND; ");
  calls.compute3.code = NVML_ERROR_NOT_SUPPORTED;
  CHECK_TEXT(Told(calls), "not_supported NVML_ERROR_NOT_SUPPORTED; ");
  calls.compute3 = Listing({{1, kMiB}});
  calls.mps3.code = NVML_ERROR_UNKNOWN;
  CHECK_TEXT(Told(calls), "unknown NVML_ERROR_UNKNOWN; ");
  calls.compute3.code = NVML_ERROR_GPU_IS_LOST;
  calls.compute2 = Listing({{1, kMiB}});
  CHECK_TEXT(Told(calls), "gpu_lost NVML_ERROR_GPU_IS_LOST; ");
  CHECK(Answers().compute2.asked == 0);
}

void AsManyAsNvmlListsAreListed() {
  ProcessList list;
  Calls calls;
  calls.compute3 = Listing({});
  for (unsigned pid = ProcessRecords::kMost; pid > 0; --pid)
    calls.compute3.processes.push_back({pid, kMiB});
  (void)Told(calls, list);
  CHECK(list.end() - list.begin() == ProcessRecords::kMost);
  CHECK(list.Find(1) == list.begin());
  CHECK(list.Find(ProcessRecords::kMost) == list.end() - 1);
  CHECK(list.Find(ProcessRecords::kMost + 1) == nullptr);
  CHECK(Answers().compute3.asked == 1);
}

void EveryReadBeginsAnew() {
  ProcessList list;
  Calls calls;
  calls.compute3 = Listing({{1, kMiB}}, 32);
  CHECK_TEXT(Told(calls, list), "1 compute 1; anomaly");
  calls.compute3 = Listing({{2, kMiB}});
  CHECK_TEXT(Told(calls, list), "2 compute 1; ");
  CHECK(list.Find(1) == nullptr);
}

}  // namespace

int main() {
  TheListsAreMergedByPid();
  WhatOneListKnowsIsKnown();
  AnOlderCallTakesThePlaceOfOneThatIsMissing();
  AnOtherLengthIsReadAndSaid();
  AnOlderCallTakesThePlaceOfOneThatIsGarbled();
  OnlyGarbageIsAFailure();
  EmptyListsAreNoFailure();
  AFailingListIsAFailureOfTheWhole();
  AsManyAsNvmlListsAreListed();
  EveryReadBeginsAnew();
  return Failures();
}
