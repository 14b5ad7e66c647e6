#include "function_ipc/passage.h"

Outlet::Outlet(const Passage& passage) : passage_(passage) {
  if (passage.ring != nullptr) taken_ = passage.ring->freed.Read();
}

bool Outlet::IsReady() const {
  return passage_.ring == nullptr || taken_ - passage_.ring->freed.Read() < kSlots;
}

std::optional<Failure> Outlet::AwaitReady(Nanoseconds spin) const {
  while (!IsReady()) {
    const std::uint32_t full = taken_ - static_cast<std::uint32_t>(kSlots);
    if (auto failure = passage_.ring->freed.AwaitOther(full, *passage_.peer, spin)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> Outlet::Take(const Chunk& /*chunk*/) {
  ++taken_;
  return std::nullopt;
}

std::optional<Failure> Outlet::Give(const Chunk& chunk) const {
  if (passage_.ring == nullptr)
    return passage_.stream->Write(passage_.staging + chunk.place, chunk.bytes);
  passage_.ring->given.Raise();
  return std::nullopt;
}

Inlet::Inlet(const Passage& passage) : passage_(passage) {
  if (passage.ring != nullptr) taken_ = passage.ring->given.Read();
}

bool Inlet::IsReady() const {
  return passage_.ring == nullptr || passage_.ring->given.Read() != taken_;
}

std::optional<Failure> Inlet::AwaitReady(Nanoseconds spin) const {
  if (passage_.ring == nullptr) return std::nullopt;
  return passage_.ring->given.AwaitOther(taken_, *passage_.peer, spin);
}

std::optional<Failure> Inlet::Take(const Chunk& chunk) {
  ++taken_;
  if (passage_.ring != nullptr) return std::nullopt;
  return passage_.stream->Read(passage_.staging + chunk.place, chunk.bytes);
}

std::optional<Failure> Inlet::Give(const Chunk& /*chunk*/) const {
  if (passage_.ring != nullptr) passage_.ring->freed.Raise();
  return std::nullopt;
}
