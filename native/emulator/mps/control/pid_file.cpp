#include "emulator/mps/control/pid_file.h"

#include <unistd.h>

#include <cstdio>

namespace emulator {

void WritePidFile(const std::string& directory) {
  std::FILE* file = std::fopen((directory + "/" + kPidFile).c_str(), "we");
  if (file == nullptr) return;
  std::fprintf(file, "%d\n", getpid());
  std::fclose(file);
}

ProcessId ReadPidFile(const std::string& directory) {
  std::FILE* file = std::fopen((directory + "/" + kPidFile).c_str(), "re");
  if (file == nullptr) return {};
  int pid = 0;
  const bool read = std::fscanf(file, "%d", &pid) == 1;
  std::fclose(file);
  return read ? ProcessOf(pid) : ProcessId{};
}

}  // namespace emulator
