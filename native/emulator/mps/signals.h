#pragma once

#include <initializer_list>
#include <optional>

#include "emulator/engine/mps/descriptor.h"

namespace emulator {

/// Signals that are read where the program waits for everything else, instead of interrupting it.
class Signals {
 public:
  explicit Signals(std::initializer_list<int> signals);

  [[nodiscard]] int Number() const { return file_.Number(); }

  /// The next one that has come.
  [[nodiscard]] std::optional<int> Next() const;

 private:
  Descriptor file_;
};

}  // namespace emulator
