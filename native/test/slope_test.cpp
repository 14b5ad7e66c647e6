#include "common/slope.h"

#include <cmath>

#include "test/check.h"

namespace {

bool IsNear(const std::optional<double>& slope, double wanted) {
  return slope && std::fabs(*slope - wanted) < 1e-6;
}

void OfAStraightLineItIsTheStep() {
  const double values[] = {100, 103, 106, 109};
  CHECK(IsNear(Slope(values, 4), 3));
  CHECK(IsNear(Slope(values, 2), 3));
  const double falling[] = {2, 1, 0};
  CHECK(IsNear(Slope(falling, 3), -1));
  const double level[] = {7, 7, 7};
  CHECK(IsNear(Slope(level, 3), 0));
}

void OneValueThatIsOffBendsItLittle() {
  const double values[] = {0, 10, 26, 30, 40};
  CHECK(IsNear(Slope(values, 5), 10));
  const double uneven[] = {1, 2, 4};
  CHECK(IsNear(Slope(uneven, 3), 1.5));
}

void BytesOfALargeDeviceAreNotLost() {
  const double values[] = {85520809984.0, 85520809985.0, 85520809986.0};
  CHECK(IsNear(Slope(values, 3), 1));
}

void OnePointHasNone() {
  const double values[] = {5};
  CHECK(!Slope(values, 1));
  CHECK(!Slope(values, 0));
}

}  // namespace

int main() {
  OfAStraightLineItIsTheStep();
  OneValueThatIsOffBendsItLittle();
  BytesOfALargeDeviceAreNotLost();
  OnePointHasNone();
  return Failures();
}
