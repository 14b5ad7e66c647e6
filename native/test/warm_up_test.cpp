// When samples begin to count.
#include "transfer/warm_up.h"

#include "test/check.h"

namespace {

constexpr Nanoseconds kFirst = 100 * kMicrosecond;

void OneSampleIsNeverWarm() {
  CHECK(!WarmUp().Take(kFirst));
  CHECK(!WarmUp().Take(kSecond));
}

void TwoThatAgreeAreWarm() {
  WarmUp warm;
  CHECK(!warm.Take(kFirst));
  CHECK(warm.Take(kFirst * 96 / 100));
}

void TwoThatDifferAreNot() {
  WarmUp warm;
  CHECK(!warm.Take(kFirst));
  CHECK(!warm.Take(kFirst * 90 / 100));
  CHECK(!warm.Take(kFirst));
  CHECK(warm.Take(kFirst));
}

void EnoughTimeIsWarmWhateverTheSamples() {
  WarmUp warm;
  CHECK(!warm.Take(5 * kMillisecond));
  CHECK(!warm.Take(10 * kMillisecond));
  CHECK(warm.Take(5 * kMillisecond));
}

}  // namespace

int main() {
  OneSampleIsNeverWarm();
  TwoThatAgreeAreWarm();
  TwoThatDifferAreNot();
  EnoughTimeIsWarmWhateverTheSamples();
  return Failures();
}
