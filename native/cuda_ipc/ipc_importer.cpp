#include "cuda_ipc/ipc_importer.h"

#include <cstring>

std::optional<Failure> IpcImporter::Serve(const Channel& exporter) {
  std::optional<Failure> failure = Converse(exporter);
  return Within(step_.Current(), failure);
}

std::optional<Failure> IpcImporter::Converse(const Channel& exporter) {
  Message message;
  while (message.verb != static_cast<int>(IpcVerb::kRelease)) {
    IpcParcel parcel;
    if (auto failure = exporter.Receive(message, parcel.descriptor.Receive())) return failure;
    if (auto failure = Obey(message, parcel)) return failure;
    step_.Leave();
    if (auto failure = exporter.Send(message)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> IpcImporter::Obey(Message& message, IpcParcel& parcel) {
  switch (static_cast<IpcVerb>(message.verb)) {
    case IpcVerb::kStart:
      return Start(message);
    case IpcVerb::kOpen:
      return Open(message, parcel);
    case IpcVerb::kUse:
      return Use(message);
    case IpcVerb::kClose:
      return Close(message);
    case IpcVerb::kRelease:
      return Release();
  }
  return Because("unknown", "the exporter asks for %d", message.verb);
}

std::optional<Failure> IpcImporter::Start(Message& message) {
  const auto load = [&] { return driver_.Load(order_.libcuda); };
  const auto init = [&] { return driver_.cuda.cuInit(0); };
  const auto open = [&] { return session_.Open(order_.gpu); };
  const auto load_module = [&] { return session_.LoadModule(); };
  if (auto failure = Step("load_driver", load)) return failure;
  if (auto failure = Step("init", init)) return failure;
  if (auto failure = Step("context", open)) return failure;
  if (auto failure = Step("load_module", load_module)) return failure;
  if (auto failure = Step("allocate", [&] { return Allocate(message.bytes); })) return failure;
  if (message.count != 0) fence_.Open(message.handle);
  message.count = static_cast<std::uint64_t>(session_.Device());
  return std::nullopt;
}

std::optional<Failure> IpcImporter::Allocate(std::size_t bytes) {
  constexpr std::size_t kDestinationAndSpare = 2;
  const IpcMemoryUse use{driver_, order_.mechanism, session_.Device()};
  if (auto failure = IpcMemory::Expect(use)) return failure;
  if (order_.elsewhere) {
    if (auto failure = session_.ExpectFree(kDestinationAndSpare * bytes)) return failure;
  }
  return destination_.Make(bytes);
}

std::optional<Failure> IpcImporter::Open(Message& message, IpcParcel& parcel) {
  constexpr TransferSession::Change kOneWordOfEachBlock{0, (2U << 20U) / sizeof(std::uint32_t)};
  std::memcpy(parcel.handle, message.handle, sizeof parcel.handle);
  parcel.bytes = message.count;
  open_.emplace(IpcMemoryUse{driver_, order_.mechanism, session_.Device()});
  const auto await = [&]() -> std::optional<Failure> {
    if (auto failure = fence_.Await(session_)) return failure;
    return session_.Wait();
  };
  const auto open = [&] { return open_->Open(parcel); };
  const auto touch = [&] { return Touch(open_->Span(message.bytes), kOneWordOfEachBlock); };
  if (auto failure = Step("open", await)) return failure;
  if (auto failure = Step(message, kOpen, open)) return failure;
  return Step(message, kFirstTouch, touch);
}

std::optional<Failure> IpcImporter::Use(Message& message) {
  const DeviceSpan mapped = open_->Span(message.bytes);
  const DeviceSpan destination{destination_.Address(), message.bytes};
  const auto prepare = [&] { return Prepare(destination); };
  const auto copy = [&] { return Copy(destination, mapped); };
  const auto verify = [&] { return session_.Verify(destination, {message.seed, 0}); };
  const auto touch_all = [&] { return Touch(mapped, {1, 1}); };
  if (auto failure = Step("copy", prepare)) return failure;
  if (auto failure = Step(message, kCopy, copy)) return failure;
  if (auto failure = Step("verify", verify)) return failure;
  return Step(message, kKernel, touch_all);
}

std::optional<Failure> IpcImporter::Close(Message& message) {
  return Step(message, kClose, [&] { return open_->Release(); });
}

std::optional<Failure> IpcImporter::Release() {
  step_.Enter("release");
  open_.reset();
  fence_.Release();
  if (auto failure = destination_.Release()) return failure;
  return session_.Release();
}

/// What was there is gone, and the exporter's pattern is in its place.
std::optional<Failure> IpcImporter::Prepare(DeviceSpan destination) const {
  if (auto failure = fence_.Await(session_)) return failure;
  if (auto failure = session_.Clear(destination)) return failure;
  return session_.Wait();
}

std::optional<Failure> IpcImporter::Touch(DeviceSpan span, TransferSession::Change change) const {
  if (auto failure = session_.Touch(span, change)) return failure;
  return session_.Wait();
}

std::optional<Failure> IpcImporter::Copy(DeviceSpan to, DeviceSpan from) const {
  if (auto failure =
          driver_.cuMemcpyDtoDAsync_v2(to.memory, from.memory, from.bytes, session_.Stream()))
    return failure;
  return session_.Wait();
}
