#include "common/failure.h"

#include <cstdarg>
#include <cstdio>

Failure Because(const char* reason, const char* format, ...) {
  Failure failure;
  failure.reason = reason;
  va_list arguments;
  va_start(arguments, format);
  (void)std::vsnprintf(failure.message, sizeof failure.message, format, arguments);
  va_end(arguments);
  return failure;
}

Failure Skipped(const char* reason, const char* format, ...) {
  Failure failure;
  failure.outcome = "skipped";
  failure.reason = reason;
  va_list arguments;
  va_start(arguments, format);
  (void)std::vsnprintf(failure.message, sizeof failure.message, format, arguments);
  va_end(arguments);
  return failure;
}

std::optional<Failure> Within(const char* phase, std::optional<Failure> failure) {
  if (failure && failure->phase == nullptr) failure->phase = phase;
  return failure;
}
