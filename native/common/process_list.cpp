#include "common/process_list.h"

#include <algorithm>
#include <limits>

namespace {

template <typename Record>
using ListCall = Entry<Nvml, nvmlReturn_t (*)(nvmlDevice_t, unsigned*, Record*)>;

/// One list, by every version of its call.
struct ListCalls {
  const ListCall<nvmlProcessInfo_t>& third;
  const ListCall<nvmlProcessInfo_t>& second;
  const ListCall<nvmlProcessInfo_v1_t>& first;
};

/// A list that was written and cannot be read. No code of NVML's.
constexpr auto kGarbled = static_cast<nvmlReturn_t>(-1);

/// Whether an older version of a call may know better.
bool IsOpen(nvmlReturn_t code) {
  return code == NVML_ERROR_FUNCTION_NOT_FOUND || code == kGarbled;
}

/// A driver, or a device, without this list.
bool IsAbsent(nvmlReturn_t code) {
  return code == NVML_ERROR_FUNCTION_NOT_FOUND || code == NVML_ERROR_NOT_SUPPORTED;
}

Failure ExplainList(const ListCalls& calls, nvmlReturn_t code) {
  if (code != kGarbled) return Nvml::Explain(calls.first.Name(), code);
  return Because("corrupt", "%s wrote records that are of no known length", calls.first.Name());
}

void Join(ListedProcess& process, const ListedProcess& other) {
  process.client = std::max(process.client, other.client);
  if (!process.bytes || (other.bytes && *other.bytes > *process.bytes)) process.bytes = other.bytes;
}

bool IsBefore(const ListedProcess& process, const ListedProcess& other) {
  return process.pid < other.pid;
}

}  // namespace

std::optional<Failure> ProcessList::Read(const Nvml& nvml, nvmlDevice_t device,
                                         std::optional<double> total_bytes) {
  limits_.most_bytes = total_bytes.value_or(std::numeric_limits<double>::infinity());
  anomaly_ = false;
  processes_.Shorten(0);
  const ListCalls compute{nvml.nvmlDeviceGetComputeRunningProcesses_v3,
                          nvml.nvmlDeviceGetComputeRunningProcesses_v2,
                          nvml.nvmlDeviceGetComputeRunningProcesses};
  const ListCalls graphics{nvml.nvmlDeviceGetGraphicsRunningProcesses_v3,
                           nvml.nvmlDeviceGetGraphicsRunningProcesses_v2,
                           nvml.nvmlDeviceGetGraphicsRunningProcesses};
  const ListCalls mps{nvml.nvmlDeviceGetMPSComputeRunningProcesses_v3,
                      nvml.nvmlDeviceGetMPSComputeRunningProcesses_v2,
                      nvml.nvmlDeviceGetMPSComputeRunningProcesses};
  auto failure = Collect(compute, Client::kCompute, device);
  if (!failure) failure = Collect(graphics, Client::kGraphics, device);
  if (!failure) failure = Collect(mps, Client::kMps, device);
  if (failure) processes_.Shorten(0);
  Merge();
  return failure;
}

const ListedProcess* ProcessList::Find(unsigned pid) const {
  const ListedProcess wanted{pid, {}, {}};
  const ListedProcess* const found = std::lower_bound(begin(), end(), wanted, IsBefore);
  return found != end() && found->pid == pid ? found : nullptr;
}

template <typename Calls>
std::optional<Failure> ProcessList::Collect(const Calls& calls, Client client,
                                            nvmlDevice_t device) {
  nvmlReturn_t code = Ask<nvmlProcessInfo_t>(calls.third, device);
  const auto ask_older = [&](nvmlReturn_t older) {
    if (older != NVML_ERROR_FUNCTION_NOT_FOUND) code = older;
  };
  if (IsOpen(code)) ask_older(Ask<nvmlProcessInfo_t>(calls.second, device));
  if (IsOpen(code)) ask_older(Ask<nvmlProcessInfo_v1_t>(calls.first, device));
  if (client != Client::kCompute && IsAbsent(code)) return std::nullopt;
  if (code != NVML_SUCCESS) return ExplainList(calls, code);
  for (unsigned at = 0; at < records_.Count(); ++at)
    processes_.Append({records_[at].pid, client, records_[at].bytes});
  return std::nullopt;
}

/// All the room that NVML can fill is given at once: no process that starts meanwhile can make it
/// too little, and the driver is locked once.
template <typename Record, typename Call>
nvmlReturn_t ProcessList::Ask(const Call& call, nvmlDevice_t device) {
  unsigned count = ProcessRecords::kMost;
  if (!call) return NVML_ERROR_FUNCTION_NOT_FOUND;
  const nvmlReturn_t code = call.Raw(device, &count, static_cast<Record*>(records_.Prepare()));
  if (code != NVML_SUCCESS) return code;
  const bool understood = records_.Understand(count, limits_);
  if (!understood || (count > 0 && records_.Stride() != sizeof(Record))) anomaly_ = true;
  return understood ? code : kGarbled;
}

void ProcessList::Merge() {
  std::sort(processes_.begin(), processes_.end(), IsBefore);
  std::size_t merged = 0;
  for (const ListedProcess& process : processes_) {
    if (merged > 0 && processes_[merged - 1].pid == process.pid) {
      Join(processes_[merged - 1], process);
    } else {
      processes_[merged++] = process;
    }
  }
  processes_.Shorten(merged);
}
