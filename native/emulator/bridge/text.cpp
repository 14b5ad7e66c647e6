#include "emulator/bridge/text.h"

#include <cstring>

namespace emulator::bridge {

bool CopyText(const std::string& text, char* buffer, std::size_t length) {
  if (buffer == nullptr || length <= text.size()) return false;
  std::memcpy(buffer, text.c_str(), text.size() + 1);
  return true;
}

}  // namespace emulator::bridge
