// The names of phases in an option: context,first_kernel.
#pragma once

#include <cstddef>

class PhaseNames {
 public:
  /// Copies `list`. Empty when that is no list of at most 32 snake_case names.
  explicit PhaseNames(const char* list);
  ~PhaseNames() = default;
  PhaseNames(const PhaseNames&) = delete;
  PhaseNames& operator=(const PhaseNames&) = delete;

  [[nodiscard]] const char* const* begin() const { return names_; }
  [[nodiscard]] const char* const* end() const { return names_ + count_; }
  [[nodiscard]] bool IsEmpty() const { return count_ == 0; }
  [[nodiscard]] const char* First() const { return names_[0]; }
  [[nodiscard]] const char* Last() const { return names_[count_ - 1]; }
  [[nodiscard]] bool Has(const char* name) const;
  [[nodiscard]] bool HasAll(const PhaseNames& others) const;

 private:
  static constexpr std::size_t kMost = 32;

  char text_[1024] = "";
  const char* names_[kMost] = {};
  std::size_t count_ = 0;
};
