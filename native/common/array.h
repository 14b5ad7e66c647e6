// A row of values that grows. std::vector would bring libstdc++ into a probe.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <type_traits>

template <typename Value>
class Array {
  static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);

 public:
  Array() = default;
  ~Array() { std::free(values_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  /// A copy of `value` at the end. Without memory the process ends: there is nothing to tell by
  /// then.
  Value& Append(const Value& value) {
    const Value copy = value;  // it may lie in what moves
    return *Extend(1) = copy;
  }
  /// Room for `count` more at the end, to be written.
  Value* Extend(std::size_t count) {
    while (size_ + count > room_) Grow();
    size_ += count;
    return values_ + size_ - count;
  }
  /// Keeps the first `size`, which are not more than there are.
  void Shorten(std::size_t size) { size_ = size; }

  [[nodiscard]] std::size_t Size() const { return size_; }
  [[nodiscard]] Value* begin() { return values_; }
  [[nodiscard]] Value* end() { return values_ + size_; }
  [[nodiscard]] const Value* begin() const { return values_; }
  [[nodiscard]] const Value* end() const { return values_ + size_; }
  Value& operator[](std::size_t at) { return values_[at]; }
  const Value& operator[](std::size_t at) const { return values_[at]; }

 private:
  void Grow() {
    constexpr std::size_t kFirst = 64;
    room_ = room_ == 0 ? kFirst : 2 * room_;
    void* const moved = std::realloc(values_, room_ * sizeof(Value));
    if (moved == nullptr) std::abort();
    values_ = static_cast<Value*>(moved);
  }

  Value* values_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};
