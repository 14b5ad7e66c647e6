#include "cuda_ipc/peer_links.h"

std::optional<Failure> PeerLinks::Open(const char* libnvidia_ml, const char* uuid) {
  constexpr bool kAttach = true;
  if (auto failure = nvml_.Load(libnvidia_ml)) return failure;
  if (!nvml_.nvmlDeviceGetHandleByUUID || !nvml_.nvmlDeviceGetP2PStatus)
    return Because("driver_too_old", "%s does not tell of peers", nvml_.library.Path());
  if (auto failure = session_.Open(kAttach)) return failure;
  return nvml_.nvmlDeviceGetHandleByUUID(uuid, &device_);
}

const char* PeerLinks::To(const char* uuid) const {
  nvmlDevice_t peer = nullptr;
  int status = 0;
  if (device_ == nullptr) return nullptr;
  if (nvml_.nvmlDeviceGetHandleByUUID.Raw(uuid, &peer) != NVML_SUCCESS) return nullptr;
  const nvmlReturn_t code =
      nvml_.nvmlDeviceGetP2PStatus.Raw(device_, peer, NVML_P2P_CAPS_INDEX_NVLINK, &status);
  if (code != NVML_SUCCESS) return nullptr;
  return status == NVML_P2P_STATUS_OK ? "nvlink" : "pcie";
}
