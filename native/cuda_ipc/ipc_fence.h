// An event of one process that another one's stream waits for.
#pragma once

#include <cstddef>

#include "transfer/transfer_session.h"

/// Orders the importer's work behind the exporter's. Not every driver, device or container has such
/// events: where there is none, the calls do nothing, and the exporter's waiting has to do.
class IpcFence {
 public:
  explicit IpcFence(const TransferDriver& driver) : driver_(driver) {}
  ~IpcFence() { Release(); }
  IpcFence(const IpcFence&) = delete;
  IpcFence& operator=(const IpcFence&) = delete;

  /// On the exporter's side, which has Export() write 64 bytes to `handle` for each importer:
  /// whether there is something to open.
  void Make(CUdevice device);
  bool Export(unsigned char* handle);
  /// On the importer's side.
  void Open(const unsigned char* handle);

  /// Behind what is enqueued.
  [[nodiscard]] std::optional<Failure> Record(const TransferSession& session) const;
  /// Before what will be enqueued.
  [[nodiscard]] std::optional<Failure> Await(const TransferSession& session) const;

  void Release();

 private:
  const TransferDriver& driver_;
  CUevent event_ = nullptr;
};
