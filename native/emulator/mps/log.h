#pragma once

#include <string>

#include "emulator/engine/mps/descriptor.h"
#include "emulator/engine/result.h"

namespace emulator {

/// What a program of MPS tells who reads its log, in CUDA_MPS_LOG_DIRECTORY; where that is not set,
/// nobody.
class MpsLog {
 public:
  /// Appends to NAME.log in a directory that is made when it is missing.
  static Result<MpsLog> Open(const std::string& name);

  void Say(const std::string& text) const;

 private:
  MpsLog(std::string name, Descriptor file);

  std::string name_;
  Descriptor file_;
};

}  // namespace emulator
