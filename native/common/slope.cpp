#include "common/slope.h"

std::optional<double> Slope(const double* values, std::size_t count) {
  if (count < 2) return std::nullopt;
  const double middle = (static_cast<double>(count) - 1) / 2;
  double products = 0;
  double squares = 0;
  for (std::size_t at = 0; at < count; ++at) {
    const double distance = static_cast<double>(at) - middle;
    // The first value is taken off, so that little is lost where all are large and near each other.
    products += distance * (values[at] - values[0]);
    squares += distance * distance;
  }
  return products / squares;
}
