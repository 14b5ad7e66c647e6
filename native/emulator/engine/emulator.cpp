#include "emulator/engine/emulator.h"

#include <dlfcn.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace emulator {
namespace {

using Armed = Result<Emulator*>;

std::string DirectoryOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// The file of the library or of the program that this code is in. A program knows its own no
/// better than whoever started it said.
std::string FileOfThisCode() {
  Dl_info info{};
  const auto* here = reinterpret_cast<const void*>(&FileOfThisCode);
  if (dladdr(here, &info) == 0) return "";
  const std::string file = info.dli_fname;
  return file == program_invocation_name ? "" : file;
}

/// Profiles lie beside the library, and for a program beside the folder it is in.
std::string ProfilesDirectory() {
  const std::string file = FileOfThisCode();
  if (!file.empty()) return DirectoryOf(file) + "/profiles";
  std::array<char, 4096> program{};
  const ssize_t length = readlink("/proc/self/exe", program.data(), program.size() - 1);
  return length < 0 ? "profiles" : DirectoryOf(DirectoryOf(program.data())) + "/profiles";
}

Armed Start(const std::string& directory, Settings settings) {
  auto calls = SharedCounter::Open(directory + "/calls");
  const Seconds reclaim(settings.profile.reclaim_seconds * settings.time_scale);
  auto registry = Registry::Open(directory, reclaim);
  auto links = HostLinks::Open(directory);
  if (!calls || !registry || !links)
    return Armed::Failed(directory + ": state cannot be written here");
  const Pacer::Options pace{settings.profile.latencies, settings.time_scale, settings.seed};
  // The ledger goes on looking at the settings, so they must stay where they are.
  const auto& kept = *new Settings(std::move(settings));
  return Armed::Of(new Emulator{
      kept, Pacer(pace, *std::move(calls)),
      DriverLock(directory, kept.profile.lock_held_ratio.value), Ledger(*std::move(registry), kept),
      FaultInjector(kept.faults, directory), *std::move(links), getpid()});
}

Armed Arm() {
  const char* directory = std::getenv("CUDAPROBE_EMULATOR");
  if (directory == nullptr || *directory == '\0') {
    return Armed::Failed("CUDAPROBE_EMULATOR is not set");
  }
  auto settings = ReadSettings(directory, ProfilesDirectory());
  if (!settings.value) return Armed::Failed(settings.problem);
  return Start(directory, *std::move(settings.value));
}

const Armed& ArmedOnce() {
  static const auto* armed = new Armed(Arm());
  return *armed;
}

}  // namespace

Emulator* Emulator::IfArmed() {
  return ArmedOnce().value.value_or(nullptr);
}

Emulator* Emulator::Get() {
  Emulator* emulator = IfArmed();
  static std::atomic_flag said = ATOMIC_FLAG_INIT;
  if (emulator == nullptr && !said.test_and_set()) {
    std::fprintf(stderr, "cudaprobe emulator: refused: %s\n", ArmedOnce().problem.c_str());
  }
  return emulator;
}

}  // namespace emulator
