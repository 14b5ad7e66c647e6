#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/engine/result.h"

namespace emulator {

/// Somebody else's work on a GPU, told by the configuration: it holds memory and is listed.
struct Tenant {
  enum class Type { kCompute, kGraphics };

  std::uint64_t gpu = 0;
  std::uint64_t pid = 0;
  Type type = Type::kCompute;
  std::uint64_t bytes = 0;
  std::string name;  // for who reads the file
};

/// `gpu=0 pid=1 type=compute bytes=4294967296 name=trainer`; name may be left out.
Result<Tenant> ParseTenant(std::string_view text);

}  // namespace emulator
