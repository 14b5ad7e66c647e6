// When what is measured has become what it will be.
#pragma once

#include "common/clock.h"

/// Two samples in a row that differ by less than a twentieth are warm, and so is everything after
/// 20 ms of samples. There are two of them at least.
class WarmUp {
 public:
  /// Takes a sample: whether the next one may count.
  bool Take(Nanoseconds sample);

 private:
  Nanoseconds total_ = 0;
  Nanoseconds last_ = 0;
};
