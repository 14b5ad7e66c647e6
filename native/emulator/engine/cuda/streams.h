#pragma once

#include <memory>
#include <vector>

#include "emulator/engine/cuda/outcome.h"
#include "emulator/engine/cuda/stream.h"
#include "emulator/engine/host/shared_event.h"

namespace emulator {

/// A stream as a program knows it.
struct StreamHandle {
  std::shared_ptr<Stream> stream;
  bool blocking;  // takes turns with the default stream
};

/// An event: the moment when what a stream had been given, when it was recorded, is done.
struct EventHandle {
  bool timed;
  Wait recorded = {};                             // its ticket is null before it was recorded
  std::shared_ptr<SharedEvent> shared = nullptr;  // of an interprocess event: it alone tells
};

/// The streams and events of a context. The default stream waits for what all blocking ones were
/// given before, and they wait for it.
class Streams {
 public:
  Streams();
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  StreamHandle* Create(bool blocking);
  EventHandle* CreateEvent(EventHandle event);

  /// What the handle stands for: null is the default stream, and anything unknown nothing.
  StreamHandle* Find(const StreamHandle* handle);
  EventHandle* FindEvent(const EventHandle* handle);

  Wait Enqueue(StreamHandle& handle, Work work);

  /// Records an event on a stream, and lets a stream wait for what was recorded last by now.
  void Record(EventHandle& event, StreamHandle& handle);
  void WaitFor(const EventHandle& event, StreamHandle& handle);

  /// What has to be waited for until a stream, or all of them, have done what they were given.
  static std::vector<Wait> Pending(const StreamHandle& handle);
  [[nodiscard]] std::vector<Wait> AllPending() const;

  /// A destroyed stream does what it was given all the same.
  void Destroy(StreamHandle* handle);
  void DestroyEvent(EventHandle* handle);

 private:
  [[nodiscard]] std::vector<Ticket> Before(const StreamHandle& handle) const;

  std::vector<std::unique_ptr<StreamHandle>> streams_;  // the first is the default one
  std::vector<std::unique_ptr<EventHandle>> events_;
};

}  // namespace emulator
