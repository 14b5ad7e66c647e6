#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "emulator/engine/cuda/completion.h"

namespace emulator {

/// Work for a stream. Its effect is seen when its time is over and not before.
struct Work {
  Instant asked = Now();                      // it can begin from here on
  Seconds length{0};                          // how long it takes on the emulated GPU
  std::function<Instant(Instant)> ends = {};  // when it is over that begins then, if that depends
  Seconds effect_length{0};  // about how long `effect` keeps this host busy: part of `length`
  std::function<void()> begin = {};  // done when the GPU could begin, at once if it is idle
  std::function<void()> effect = {};
  std::vector<Ticket> after = {};  // what must be done before, on other streams
};

/// A queue of work and the thread that does it, in order, beside the program. The thread lives
/// until the stream is closed and has done its work, or the process ends.
class Stream : public std::enable_shared_from_this<Stream> {
 public:
  static std::shared_ptr<Stream> Start();

  /// Returns at once. The ticket tells when the work is done.
  Ticket Enqueue(Work work);

  /// The ticket of what was enqueued last; null before anything was.
  Ticket Last();

  /// Returns when `ticket` of this stream is done. The caller does work that the thread has not
  /// begun, which spares two changes of threads: a real GPU answers in less time than they take.
  void Await(const Ticket& ticket);

  /// No more work comes.
  void Close();

 private:
  struct Item {
    Work work;
    Ticket done;
  };

  void Run();
  void RunFront(std::unique_lock<std::mutex>& lock);
  void Perform(Item& item);
  bool CanRunFront() const { return !running_ && !queue_.empty(); }
  bool IsIdle(const Work& next) const;
  void Begin(Work& work) const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> queue_;
  Ticket last_;
  Instant free_at_;  // when the work before is done
  bool running_ = false;
  bool closed_ = false;
};

}  // namespace emulator
