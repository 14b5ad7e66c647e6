// Where a second process is, for the first to know when it has died.
#pragma once

#include <atomic>

/// The name of the step that a forked process is in, in memory that both have: to tell of it takes
/// no call that would be timed with the step. Names are literals, at the same addresses in both.
class SharedStep {
 public:
  SharedStep() = default;
  ~SharedStep();
  SharedStep(const SharedStep&) = delete;
  SharedStep& operator=(const SharedStep&) = delete;

  /// Before the fork. Without memory nobody knows any step.
  void Share();
  void Enter(const char* step);
  void Leave() { Enter(nullptr); }
  /// Null between steps.
  [[nodiscard]] const char* Current() const;

 private:
  std::atomic<const char*>* step_ = nullptr;
};
