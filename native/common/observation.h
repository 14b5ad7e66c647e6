// What a probe is told that starts other probes and looks at what they hold.
#pragma once

#include <sys/types.h>

#include <optional>

#include "common/options.h"

struct Observation {
  const char* device;                     // the UUID
  const char* libnvidia_ml;               // the file
  std::optional<double> requested_bytes;  // what the other probe itself asks the device for
  pid_t mps_server;                       // 0 without MPS
  char** program;                         // the other probe's argv
};

/// Its options. What follows `--` is the program, and is read by nobody else.
class ObservationOptions : public Options {
 public:
  ObservationOptions(int count, char** arguments);

  Observation Read();

 private:
  char** program_;
  bool program_given_;
};
