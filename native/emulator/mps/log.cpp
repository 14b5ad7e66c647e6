#include "emulator/mps/log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

#include "emulator/engine/environment.h"

namespace emulator {
namespace {

std::string TimeText() {
  std::array<char, 32> text{};
  const std::time_t now = std::time(nullptr);
  tm parts{};
  localtime_r(&now, &parts);
  std::strftime(text.data(), text.size(), "%F %T", &parts);
  return text.data();
}

}  // namespace

MpsLog::MpsLog(std::string name, Descriptor file)
    : name_(std::move(name)), file_(std::move(file)) {}

Result<MpsLog> MpsLog::Open(const std::string& name) {
  const auto directory = Environment("CUDA_MPS_LOG_DIRECTORY");
  if (!directory || directory->empty()) return Result<MpsLog>::Of(MpsLog(name, Descriptor()));
  mkdir(directory->c_str(), 0777);
  const std::string path = *directory + "/" + name + ".log";
  Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (!file.IsOpen()) return Result<MpsLog>::Failed(path + ": " + std::strerror(errno));
  return Result<MpsLog>::Of(MpsLog(name, std::move(file)));
}

void MpsLog::Say(const std::string& text) const {
  if (!file_.IsOpen()) return;
  dprintf(file_.Number(), "[%s EMULATED %s %d] %s\n", TimeText().c_str(), name_.c_str(), getpid(),
          text.c_str());
}

}  // namespace emulator
