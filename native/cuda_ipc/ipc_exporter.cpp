#include "cuda_ipc/ipc_exporter.h"

std::optional<Failure> IpcExporter::Allocate(std::size_t largest) {
  constexpr std::size_t kBothSidesAndSpare = 3;
  if (auto failure = IpcMemory::Expect(Use())) return failure;
  if (auto failure = session.ExpectFreeForTwo(kBothSidesAndSpare * largest)) return failure;
  fence.Make(session.Device());
  return std::nullopt;
}

std::optional<Failure> IpcExporter::Meet(RemoteImporter& importer, std::size_t largest) {
  int reaches = 0;
  Message message;
  message.bytes = largest;
  // Where the exporter has waited, an event of another GPU adds nothing that could not fail.
  message.count = !importer.IsElsewhere() && fence.Export(message.handle) ? 1 : 0;
  if (auto failure = importer.Ask(IpcVerb::kStart, message, "meet")) return failure;
  if (!importer.IsElsewhere()) return std::nullopt;
  const auto theirs = static_cast<CUdevice>(message.count);
  if (driver.cuDeviceCanAccessPeer) {
    if (auto failure = driver.cuDeviceCanAccessPeer(&reaches, theirs, session.Device()))
      return failure;
  }
  if (reaches != 0) return std::nullopt;
  return Skipped("not_supported", "it cannot reach the memory of this GPU");
}

std::optional<Failure> IpcExporter::Release() {
  fence.Release();
  return session.Release();
}
