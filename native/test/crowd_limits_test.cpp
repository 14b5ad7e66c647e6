#include "common/crowd_limits.h"

#include <string>

#include "test/check.h"

namespace {

constexpr double kGibibyte = 1 << 30;

bool HasRoomFor(double free, double floor, double member) {
  return HasRoom({80 * kGibibyte, free * kGibibyte, floor * kGibibyte, member * kGibibyte});
}

void TheFloorStaysFreeAfterTheNextStart() {
  CHECK(HasRoomFor(30, 20, 0));
  CHECK(HasRoomFor(20, 20, 0));
  CHECK(!HasRoomFor(19, 20, 0));
  CHECK(HasRoomFor(25, 20, 5));
  CHECK(!HasRoomFor(24, 20, 5));
}

void ATenthOfTheDeviceDoesToo() {
  CHECK(HasRoomFor(8, 2, 0));
  CHECK(!HasRoomFor(7.9, 2, 0));
}

void TwiceAnInstanceDoesToo() {
  CHECK(HasRoomFor(30, 2, 10));
  CHECK(!HasRoomFor(29, 2, 10));
}

void SomeFailuresAreLimits() {
  CHECK_TEXT(LimitOf("oom"), "memory");
  CHECK_TEXT(LimitOf("mps_full"), "mps_clients");
  CHECK_TEXT(LimitOf("exclusive"), "exclusive_mode");
  CHECK(LimitOf("crashed") == nullptr);
  CHECK(LimitOf("cancelled") == nullptr);
}

}  // namespace

int main() {
  TheFloorStaysFreeAfterTheNextStart();
  ATenthOfTheDeviceDoesToo();
  TwiceAnInstanceDoesToo();
  SomeFailuresAreLimits();
  return Failures();
}
