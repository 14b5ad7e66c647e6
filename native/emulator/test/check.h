#pragma once

#include <cstdio>
#include <initializer_list>
#include <string>
#include <type_traits>

#include "emulator/test/scene.h"

namespace emulator::test {

/// A sentence about behaviour, and what shows that it holds.
struct Case {
  const char* title;
  void (*run)(Scene& scene);
};

/// Runs each case in a process and a directory of its own; both are gone afterwards. Returns what
/// main returns: 0 when all held, and the last line on standard output counts them.
int RunCases(int argc, char** argv, std::initializer_list<Case> cases);

/// Lets the case fail, and go on.
void Fail(const char* file, int line, const std::string& what);

template <typename Value>
std::string Shown(const Value& value) {
  if constexpr (std::is_enum_v<Value>) {
    return std::to_string(static_cast<int>(value));
  } else if constexpr (std::is_arithmetic_v<Value>) {
    return std::to_string(value);
  } else {
    return value;
  }
}

}  // namespace emulator::test

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) emulator::test::Fail(__FILE__, __LINE__, #condition); \
  } while (false)

#define CHECK_EQUAL(actual, expected)                                                        \
  do {                                                                                       \
    const auto& actual_value = (actual);                                                     \
    const auto& expected_value = (expected);                                                 \
    if (!(actual_value == expected_value)) {                                                 \
      emulator::test::Fail(__FILE__, __LINE__,                                               \
                           #actual " is " + emulator::test::Shown(actual_value) + ", not " + \
                               emulator::test::Shown(expected_value));                       \
    }                                                                                        \
  } while (false)
