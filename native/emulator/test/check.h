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

/// How many checks have failed in this process.
int Failures();

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

/// Where a check stands, and what it looks at, in the words of the source.
struct Place {
  const char* file;
  int line;
  const char* text;
};

inline void Check(const Place& place, bool holds) {
  if (!holds) Fail(place.file, place.line, place.text);
}

template <typename Actual, typename Expected>
void CheckEqual(const Place& place, const Actual& actual, const Expected& expected) {
  if (actual == expected) return;
  Fail(place.file, place.line,
       std::string(place.text) + " is " + Shown(actual) + ", not " + Shown(expected));
}

}  // namespace emulator::test

#define CHECK(condition) emulator::test::Check({__FILE__, __LINE__, #condition}, condition)
#define CHECK_EQUAL(actual, expected) \
  emulator::test::CheckEqual({__FILE__, __LINE__, #actual}, actual, expected)
