#include "emulator/engine/cuda/streams.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace emulator {
namespace {

template <typename Items, typename Item>
auto FindOwned(Items& items, const Item* item) {
  return std::find_if(items.begin(), items.end(),
                      [&](const auto& candidate) { return candidate.get() == item; });
}

void AddPending(std::vector<Ticket>& tickets, const StreamHandle& handle) {
  Ticket last = handle.stream->Last();
  if (last && !last->IsDone()) tickets.push_back(std::move(last));
}

}  // namespace

Streams::Streams() {
  Create(true);
}

Streams::~Streams() {
  for (const auto& handle : streams_) handle->stream->Close();
}

StreamHandle* Streams::Create(bool blocking) {
  return streams_
      .emplace_back(std::make_unique<StreamHandle>(StreamHandle{Stream::Start(), blocking}))
      .get();
}

EventHandle* Streams::CreateEvent(EventHandle event) {
  return events_.emplace_back(std::make_unique<EventHandle>(std::move(event))).get();
}

StreamHandle* Streams::Find(const StreamHandle* handle) {
  if (handle == nullptr) return streams_.front().get();
  const auto found = FindOwned(streams_, handle);
  return found == streams_.end() ? nullptr : found->get();
}

EventHandle* Streams::FindEvent(const EventHandle* handle) {
  const auto found = FindOwned(events_, handle);
  return found == events_.end() ? nullptr : found->get();
}

std::vector<Ticket> Streams::Before(const StreamHandle& handle) const {
  std::vector<Ticket> tickets;
  const bool is_default = &handle == streams_.front().get();
  for (const auto& other : streams_) {
    const bool waits = is_default ? other->blocking : other == streams_.front();
    if (waits && handle.blocking && other.get() != &handle) AddPending(tickets, *other);
  }
  return tickets;
}

Wait Streams::Enqueue(StreamHandle& handle, Work work) {
  const auto before = Before(handle);
  work.after.insert(work.after.end(), before.begin(), before.end());
  return {handle.stream, handle.stream->Enqueue(std::move(work))};
}

void Streams::Record(EventHandle& event, StreamHandle& handle) {
  Work work;
  if (event.shared) {
    const std::uint32_t number = event.shared->Record();
    work.effect = [shared = event.shared, number] { shared->Finish(number); };
  }
  event.recorded = Enqueue(handle, std::move(work));
}

void Streams::WaitFor(const EventHandle& event, StreamHandle& handle) {
  Work work;
  if (event.shared) {
    const std::uint32_t number = event.shared->Recorded();
    if (event.shared->IsDone(number)) return;
    work.effect = [shared = event.shared, number] { shared->Wait(number); };
  } else if (event.recorded.ticket != nullptr) {
    work.after = {event.recorded.ticket};
  }
  Enqueue(handle, std::move(work));
}

std::vector<Wait> Streams::Pending(const StreamHandle& handle) {
  Ticket last = handle.stream->Last();
  if (!last || last->IsDone()) return {};
  return {{handle.stream, std::move(last)}};
}

std::vector<Wait> Streams::AllPending() const {
  std::vector<Wait> waits;
  for (const auto& handle : streams_) {
    auto pending = Pending(*handle);
    std::move(pending.begin(), pending.end(), std::back_inserter(waits));
  }
  return waits;
}

void Streams::Destroy(StreamHandle* handle) {
  handle->stream->Close();
  streams_.erase(FindOwned(streams_, handle));
}

void Streams::DestroyEvent(EventHandle* handle) {
  events_.erase(FindOwned(events_, handle));
}

}  // namespace emulator
