#include "common/pause_line.h"

#include <string>

#include "test/check.h"

namespace {

void APauseHasItsPhaseAndStamp() {
  const auto paused = ParsePaused("paused first_kernel 123456789012");
  CHECK(paused.has_value());
  CHECK_TEXT(paused->phase.text, "first_kernel");
  CHECK(paused->at == 123456789012);
  CHECK(!paused->requested_bytes.has_value());
}

void APauseMayTellWhatWasAskedFor() {
  const auto paused = ParsePaused("paused load_model 5 102228128");
  CHECK(paused.has_value());
  CHECK(paused->at == 5);
  CHECK(paused->requested_bytes == 102228128);
}

void AnythingElseIsNoPause() {
  for (const char* const line :
       {"", "paused", "paused ", "paused context", "paused context ", "paused context x",
        "paused context -1", "paused context 1x", "paused context 1 ", "paused context 1 x",
        "paused context 1 -2", "paused context 1 2 ", "paused context 1 2 3", "paused  context 1",
        " paused context 1", "paused context 99999999999999999999", "Paused context 1",
        "ended success - - -"})
    CHECK(!ParsePaused(line).has_value());
  CHECK(ParsePaused(("paused " + std::string(64, 'x') + " 1").c_str()).has_value());
  CHECK(!ParsePaused(("paused " + std::string(65, 'x') + " 1").c_str()).has_value());
}

void AnEndHasWhatIsKnown() {
  const auto ended = ParseEnded("ended failure oom CUDA_ERROR_OUT_OF_MEMORY allocate");
  CHECK(ended.has_value());
  CHECK_TEXT(ended->outcome.text, "failure");
  CHECK_TEXT(ended->reason.text, "oom");
  CHECK_TEXT(ended->code.text, "CUDA_ERROR_OUT_OF_MEMORY");
  CHECK_TEXT(ended->phase.text, "allocate");
  CHECK(ParseEnded("ended success - - -").has_value());
}

void AnythingElseIsNoEnd() {
  for (const char* const line :
       {"", "ended", "ended success", "ended success - -", "ended success - - - -",
        "ended success - - - ", "ended  - - -", "paused context 1"})
    CHECK(!ParseEnded(line).has_value());
}

}  // namespace

int main() {
  APauseHasItsPhaseAndStamp();
  APauseMayTellWhatWasAskedFor();
  AnythingElseIsNoPause();
  AnEndHasWhatIsKnown();
  AnythingElseIsNoEnd();
  return Failures();
}
