#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

#include "emulator/bridge/cuda_call.h"
#include "emulator/bridge/text.h"

namespace bridge = emulator::bridge;
using emulator::Context;
using emulator::Driver;
using emulator::Emulator;
using emulator::MpsAnswer;
using emulator::Profile;
using emulator::Status;

namespace {

/// `body`: Driver&, Context& (of the device, active or not) -> Status.
template <typename Body>
CUresult CallDevice(const char* name, CUdevice device, Body body) {
  return bridge::CallDriver(name, [&](Driver& driver) {
    Context* context = driver.ContextOf(device);
    return context == nullptr ? Status::kInvalidDevice : body(driver, *context);
  });
}

std::optional<int> MpsEnabled(const Driver& driver) {
  switch (driver.Host().settings.profile.mps_enabled) {
    case MpsAnswer::kNo:
      return driver.Mps() == nullptr ? 0 : 1;
    case MpsAnswer::kYes:
      return 1;
    case MpsAnswer::kUnsupported:
      break;
  }
  return std::nullopt;
}

/// A client of MPS sees those that it may use, a part of one as a whole one.
int Multiprocessors(const Driver& driver) {
  const auto all = static_cast<double>(driver.Host().settings.profile.multiprocessors);
  const double percentage = driver.Mps() == nullptr ? 100 : driver.Mps()->ActiveThreadPercentage();
  const double part = all * percentage / 100;
  const int whole = static_cast<int>(part);
  return whole < part ? whole + 1 : whole;
}

/// Nothing for an attribute that the emulator does not know.
std::optional<int> Attribute(const Driver& driver, const Context& context,
                             CUdevice_attribute attribute) {
  const Profile& profile = driver.Host().settings.profile;
  switch (attribute) {
    case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT:
      return Multiprocessors(driver);
    case CU_DEVICE_ATTRIBUTE_COMPUTE_MODE:
      return static_cast<int>(profile.compute_mode);
    case CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING:
      return 1;
    case CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED:
      return profile.vmm ? 1 : 0;
    case CU_DEVICE_ATTRIBUTE_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR_SUPPORTED:
      return profile.vmm && profile.vmm_fd ? 1 : 0;
    case CU_DEVICE_ATTRIBUTE_IPC_EVENT_SUPPORTED:
      return context.HasIpcEvents() ? 1 : 0;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR:
      return profile.compute_capability.major;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR:
      return profile.compute_capability.minor;
    case CU_DEVICE_ATTRIBUTE_MPS_ENABLED:
      return MpsEnabled(driver);
  }
  return std::nullopt;
}

Status AnswerUuid(const Emulator& emulator, std::uint64_t place, CUuuid* uuid) {
  if (uuid == nullptr) return Status::kInvalidValue;
  const auto bytes = emulator.UuidAt(place);
  std::copy(bytes.begin(), bytes.end(), uuid->bytes);
  return Status::kSuccess;
}

Status Written(bool written) {
  return written ? Status::kSuccess : Status::kInvalidValue;
}

}  // namespace

extern "C" {

CUresult cuDeviceGetCount(int* count) {
  return bridge::CallDriver("cuDeviceGetCount", [&](Driver& driver) {
    if (count == nullptr) return Status::kInvalidValue;
    *count = static_cast<int>(driver.DeviceCount());
    return Status::kSuccess;
  });
}

CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  return CallDevice("cuDeviceGet", ordinal, [&](Driver&, Context&) {
    if (device == nullptr) return Status::kInvalidValue;
    *device = ordinal;
    return Status::kSuccess;
  });
}

// A name that does not fit is cut, as a real driver cuts it.
CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  return CallDevice("cuDeviceGetName", device, [&](Driver& driver, const Context& context) {
    if (name == nullptr || length <= 0) return Status::kInvalidValue;
    const std::string whole = driver.Host().NameAt(context.Gpu());
    const auto room = static_cast<std::size_t>(length);
    return Written(bridge::CopyText(whole.substr(0, room - 1), name, room));
  });
}

// The GPU's, also for a MIG instance.
CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device) {
  return CallDevice("cuDeviceGetUuid", device, [&](Driver& driver, const Context& context) {
    return AnswerUuid(driver.Host(), driver.Host().settings.GpuOf(context.Gpu()), uuid);
  });
}

CUresult cuDeviceGetUuid_v2(CUuuid* uuid, CUdevice device) {
  return CallDevice("cuDeviceGetUuid_v2", device, [&](Driver& driver, const Context& context) {
    return AnswerUuid(driver.Host(), context.Gpu(), uuid);
  });
}

CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device) {
  return CallDevice("cuDeviceGetAttribute", device, [&](Driver& driver, const Context& context) {
    const auto answer = Attribute(driver, context, attribute);
    if (value == nullptr || !answer) return Status::kInvalidValue;
    *value = *answer;
    return Status::kSuccess;
  });
}

CUresult cuDeviceGetPCIBusId(char* bus_id, int length, CUdevice device) {
  return CallDevice("cuDeviceGetPCIBusId", device, [&](Driver& driver, const Context& context) {
    std::array<char, 16> text{};
    const std::uint64_t gpu = driver.Host().settings.GpuOf(context.Gpu());
    std::snprintf(text.data(), text.size(), "0000:%02X:00.0", emulator::PciBusOf(gpu));
    const auto room = static_cast<std::size_t>(std::max(length, 0));
    return Written(bridge::CopyText(text.data(), bus_id, room));
  });
}

CUresult cuDeviceCanAccessPeer(int* can, CUdevice device, CUdevice peer) {
  return CallDevice("cuDeviceCanAccessPeer", device, [&](Driver& driver, const Context& context) {
    const Context* other = driver.ContextOf(peer);
    if (other == nullptr) return Status::kInvalidDevice;
    if (can == nullptr) return Status::kInvalidValue;
    *can = other == &context ? 0 : 1;
    return Status::kSuccess;
  });
}

// What the driver keeps for itself is no memory of the device here, other than in NVML's total.
CUresult cuDeviceTotalMem_v2(std::size_t* bytes, CUdevice device) {
  return CallDevice("cuDeviceTotalMem_v2", device, [&](Driver& driver, Context& context) {
    if (bytes == nullptr) return Status::kInvalidValue;
    const auto memory = driver.Host().ledger.Memory(context.Gpu());
    *bytes = memory.total - memory.reserved;
    return Status::kSuccess;
  });
}

}  // extern "C"
