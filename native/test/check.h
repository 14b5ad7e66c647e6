// What the tests ask with. A test is a main that checks, and returns Failures().
#pragma once

#include <cstdio>
#include <string>

inline int& FailureCount() {
  static int count = 0;
  return count;
}

inline void Check(bool holds, const char* where, int line, const std::string& what) {
  if (holds) return;
  (void)std::fprintf(stderr, "%s:%d: %s\n", where, line, what.c_str());
  ++FailureCount();
}

inline void CheckText(const std::string& actual, const std::string& wanted, const char* where,
                      int line) {
  Check(actual == wanted, where, line, "  got    " + actual + "\n  wanted " + wanted);
}

inline int Failures() {
  return FailureCount() == 0 ? 0 : 1;
}

/// Says which condition did not hold, and where.
#define CHECK(condition) Check((condition), __FILE__, __LINE__, #condition)
/// Says what two texts are, where they differ.
#define CHECK_TEXT(actual, wanted) CheckText((actual), (wanted), __FILE__, __LINE__)
