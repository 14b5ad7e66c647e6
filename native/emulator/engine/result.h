#pragma once

#include <optional>
#include <string>
#include <utility>

namespace emulator {

/// What is wrong, in words for a person; nothing when all is well.
using Problem = std::optional<std::string>;

/// A value, or the problem that stands in its way.
template <typename T>
struct Result {
  std::optional<T> value;
  std::string problem;

  static Result Of(T value) { return {std::move(value), ""}; }
  static Result Failed(std::string problem) { return {std::nullopt, std::move(problem)}; }
};

}  // namespace emulator
