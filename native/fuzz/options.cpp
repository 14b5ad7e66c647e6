// Any arguments: an option is read as what it is, or refused.
#include "common/options.h"

#include "fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr long long kLargest = 1LL << 40U;
  CommandLine line(AsText(data, size));
  const int program = FindProgram(line.Count(), line.Words());
  Require(program >= 1 && program <= line.Count());
  Options options(program, line.Words());
  const char* const text = options.Text("text", nullptr);
  const long long number = options.Integer("number", 1, -5, kLargest);
  const Nanoseconds seconds = options.Seconds("seconds", 0);
  options.Boolean("boolean", false);
  if (!options.Complete("program")) return 0;
  Require(number >= -5 && number <= kLargest);
  Require(seconds >= 0 && seconds <= 1'000'000'001 * kSecond);
  Require(text == nullptr || std::strlen(text) <= size);
  Require(program <= 5);  // each of four at most once
  return 0;
}
