#include "common/observation.h"

#include "common/uuid.h"

ObservationOptions::ObservationOptions(int count, char** arguments)
    : Options(FindProgram(count, arguments), arguments),
      program_(arguments + FindProgram(count, arguments) + 1),
      program_given_(FindProgram(count, arguments) + 1 < count) {}

Observation ObservationOptions::Read() {
  constexpr long long kMostBytes = 1LL << 40U;
  constexpr long long kUnknown = -1;
  constexpr long long kLargestPid = 1LL << 22U;
  Observation wanted{};
  wanted.device = Text("device", "");
  wanted.libnvidia_ml = Text("libnvidia_ml", "libnvidia-ml.so.1");
  const long long requested = Integer("requested_bytes", kUnknown, 0, kMostBytes);
  if (requested != kUnknown) wanted.requested_bytes = static_cast<double>(requested);
  wanted.mps_server = static_cast<pid_t>(Integer("mps_server", 0, 1, kLargestPid));
  wanted.program = program_;
  Expect(IsUuid(wanted.device), "device", "GPU- and a UUID in lower case");
  Expect(program_given_, "", "followed by a program");
  return wanted;
}
