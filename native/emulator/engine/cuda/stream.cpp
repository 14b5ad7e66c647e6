#include "emulator/engine/cuda/stream.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <thread>
#include <utility>

namespace emulator {
namespace {

/// Blocks all signals in a scope, so that a thread made in it gets none: they are the program's.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

void CallIf(const std::function<void()>& function) {
  if (function) function();
}

}  // namespace

std::shared_ptr<Stream> Stream::Start() {
  auto stream = std::make_shared<Stream>();
  const SignalsBlocked blocked;
  // Detached: nothing has to be joined when the process ends, whatever the thread is doing then.
  std::thread([stream] { stream->Run(); }).detach();
  return stream;
}

/// Whether the GPU could begin `next` this moment.
bool Stream::IsIdle(const Work& next) const {
  return queue_.empty() && !running_ &&
         std::all_of(next.after.begin(), next.after.end(),
                     [](const Ticket& ticket) { return ticket->IsDone(); });
}

/// What the GPU begins this moment meets what is under way now, whenever the thread comes to it.
void Stream::Begin(Work& work) const {
  CallIf(std::exchange(work.begin, nullptr));
  const Instant start = std::max(work.asked, free_at_);
  if (work.ends) work.length = std::exchange(work.ends, nullptr)(start) - start;
}

Ticket Stream::Enqueue(Work work) {
  const std::lock_guard lock(mutex_);
  if (IsIdle(work)) Begin(work);
  last_ = std::make_shared<Completion>();
  queue_.push_back({std::move(work), last_});
  changed_.notify_all();
  return last_;
}

Ticket Stream::Last() {
  const std::lock_guard lock(mutex_);
  return last_;
}

void Stream::Await(const Ticket& ticket) {
  std::unique_lock lock(mutex_);
  while (!ticket->IsDone()) {
    if (CanRunFront()) {
      RunFront(lock);
    } else {
      changed_.wait(lock);
    }
  }
}

void Stream::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Stream::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return CanRunFront() || (closed_ && queue_.empty()); });
    if (queue_.empty()) return;
    RunFront(lock);
  }
}

void Stream::RunFront(std::unique_lock<std::mutex>& lock) {
  Item item = std::move(queue_.front());
  queue_.pop_front();
  running_ = true;
  lock.unlock();
  Perform(item);
  lock.lock();
  running_ = false;
  changed_.notify_all();
}

void Stream::Perform(Item& item) {
  Instant start = std::max(item.work.asked, free_at_);
  for (const Ticket& ticket : item.work.after) {
    ticket->Wait();
    start = std::max(start, ticket->DoneAt());
  }
  CallIf(std::exchange(item.work.begin, nullptr));
  const Instant end = item.work.ends ? item.work.ends(start) : start + item.work.length;
  SleepUntil(end - item.work.effect_length);
  CallIf(std::exchange(item.work.effect, nullptr));  // which keeps no memory once it is done
  SleepUntil(end);
  item.done->Finish();
  free_at_ = item.done->DoneAt();
}

}  // namespace emulator
