// GPUs are known by UUID, never by index alone.
#pragma once

#include <cstdio>
#include <cstring>

#include "common/cuda_abi.h"

/// A UUID as NVML, CUDA_VISIBLE_DEVICES and the options print it: GPU-8-4-4-4-12, lower case.
struct UuidText {
  char text[41];
};

inline UuidText PrintUuid(const CUuuid& uuid) {
  UuidText printed{"GPU"};
  std::size_t length = 3;
  for (std::size_t at = 0; at < sizeof uuid.bytes; ++at) {
    const bool dash = at == 0 || at == 4 || at == 6 || at == 8 || at == 10;
    length +=
        static_cast<std::size_t>(std::snprintf(printed.text + length, sizeof printed.text - length,
                                               "%s%02x", dash ? "-" : "", uuid.bytes[at]));
  }
  return printed;
}

/// Whether `text` has the shape of PrintUuid's.
inline bool IsUuid(const char* text) {
  constexpr char kShape[] = "GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (std::strlen(text) != sizeof kShape - 1) return false;
  for (std::size_t at = 0; at < sizeof kShape - 1; ++at) {
    const bool fits = kShape[at] == 'x' ? std::strchr("0123456789abcdef", text[at]) != nullptr
                                        : text[at] == kShape[at];
    if (!fits) return false;
  }
  return true;
}
