#include "transfer/warm_up.h"

#include <algorithm>

bool WarmUp::Take(Nanoseconds sample) {
  constexpr Nanoseconds kMost = 20 * kMillisecond;
  constexpr Nanoseconds kParts = 20;
  const Nanoseconds before = last_;
  total_ += sample;
  last_ = sample;
  if (before == 0) return false;
  const auto [smaller, larger] = std::minmax(before, sample);
  return larger - smaller < larger / kParts || total_ >= kMost;
}
