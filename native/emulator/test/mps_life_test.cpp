#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "emulator/engine/host/process.h"
#include "emulator/test/check.h"
#include "emulator/test/mps.h"

namespace emulator::test {
namespace {

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string Program(const Scene& scene, const std::string& name) {
  return scene.Libraries() + "/bin/nvidia-cuda-mps-" + name;
}

void CheckNothingIsLeft(MpsDaemon& daemon, const ProcessId& server) {
  CHECK_EQUAL(daemon.Running().Wait(), 0);
  CHECK(!IsAlive(server));
  CHECK(std::filesystem::is_empty(daemon.PipeDirectory()));
}

bool AnotherIsTaken(const Scene& scene) {
  Process another([&] { return StartContext(scene) == CUDA_SUCCESS ? 0 : 1; });
  return another.Wait() == 0;
}

void QuitEndsAll(Scene& scene) {
  MpsDaemon daemon(scene, "");
  CHECK_EQUAL(daemon.Console("start_server -uid " + std::to_string(getuid())).text, "");
  const ProcessId server = ProcessOf(daemon.ServerPid());
  CHECK(IsAlive(server));
  CHECK_EQUAL(daemon.Console("quit").exit_code, 0);
  CheckNothingIsLeft(daemon, server);
}

void QuitWaitsForClients(Scene& scene) {
  MpsDaemon daemon(scene, "");
  Client client(scene, "");
  const ProcessId server = ProcessOf(daemon.ServerPid());
  const Process quit([&] { return daemon.Console("quit").exit_code; });
  while (AnotherIsTaken(scene)) {
  }
  CHECK(IsAlive(server));
  CHECK(client.End());
  CheckNothingIsLeft(daemon, server);
}

void QuitWaitsOnlySoLong(Scene& scene) {
  MpsDaemon daemon(scene, "");
  Client client(scene, "");
  const ProcessId server = ProcessOf(daemon.ServerPid());
  CHECK_EQUAL(daemon.Console("quit -t 0").exit_code, 0);
  CheckNothingIsLeft(daemon, server);
  CHECK(!client.End());
}

void ATermEndsAll(Scene& scene) {
  MpsDaemon daemon(scene, "");
  const Client client(scene, "");
  const ProcessId server = ProcessOf(daemon.ServerPid());
  daemon.Running().Signal(SIGTERM);
  CheckNothingIsLeft(daemon, server);
}

void AKilledDaemonTakesItsServerAlong(Scene& scene) {
  MpsDaemon daemon(scene, "");
  Client client(scene, "");
  const ProcessId server = ProcessOf(daemon.ServerPid());
  daemon.Running().Signal(SIGKILL);
  while (IsAlive(server)) {
  }
  CHECK(!client.End());
  CHECK_EQUAL(daemon.Console("quit").exit_code, 1);
}

void ADirectoryHasOneDaemon(Scene& scene) {
  const MpsDaemon daemon(scene, "");
  const Said said = RunShell(Program(scene, "control") + " -f");
  CHECK_EQUAL(said.exit_code, 1);
  CHECK(Contains(said.text, "already running"));
}

void ARealDaemonsDirectoryIsLeftAlone(Scene& scene) {
  scene.Arm("");
  WriteFile(scene.Directory() + "/control", "");
  setenv("CUDA_MPS_PIPE_DIRECTORY", scene.Directory().c_str(), 1);
  const Said said = RunShell(Program(scene, "control") + " -f");
  CHECK_EQUAL(said.exit_code, 1);
  CHECK(Contains(said.text, "real daemon"));
}

void AConsoleNeedsADaemon(Scene& scene) {
  scene.Arm("");
  setenv("CUDA_MPS_PIPE_DIRECTORY", scene.Directory().c_str(), 1);
  const Said said = RunShell("echo quit | " + Program(scene, "control"));
  CHECK_EQUAL(said.exit_code, 1);
  CHECK(Contains(said.text, "Cannot find MPS control daemon process"));
}

void ABackgroundDaemonIsThereAtOnce(Scene& scene) {
  scene.Arm("");
  setenv("CUDA_MPS_PIPE_DIRECTORY", (scene.Directory() + "/pipe").c_str(), 1);
  setenv("CUDA_MPS_LOG_DIRECTORY", (scene.Directory() + "/log").c_str(), 1);
  CHECK_EQUAL(RunShell(Program(scene, "control") + " -d").exit_code, 0);
  CHECK_EQUAL(StartContext(scene), CUDA_SUCCESS);
  CHECK_EQUAL(RunShell("echo quit -t 0 | " + Program(scene, "control")).exit_code, 0);
  CHECK(Contains(ReadFile(scene.Directory() + "/log/control.log"), "Starting new server"));
  CHECK(Contains(ReadFile(scene.Directory() + "/log/server.log"), "Startup"));
}

void UnarmedProgramsRefuse(Scene& scene) {
  unsetenv("CUDAPROBE_EMULATOR");
  for (const char* command : {"control -f", "control -d", "control </dev/null", "server"}) {
    const Said said = RunShell(Program(scene, command));
    CHECK_EQUAL(said.exit_code, 1);
    CHECK(Contains(said.text, "refused: CUDAPROBE_EMULATOR is not set"));
  }
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"quit ends the server and the daemon, and leaves no file", QuitEndsAll},
          {"quit waits for clients", QuitWaitsForClients},
          {"quit waits no longer than it is told", QuitWaitsOnlySoLong},
          {"SIGTERM ends the server and the daemon, and leaves no file", ATermEndsAll},
          {"a server ends with a daemon that is killed", AKilledDaemonTakesItsServerAlong},
          {"a directory has one daemon", ADirectoryHasOneDaemon},
          {"a real daemon's directory is left alone", ARealDaemonsDirectoryIsLeftAlone},
          {"a console without a daemon says so", AConsoleNeedsADaemon},
          {"a daemon in the background is there at once, and writes logs",
           ABackgroundDaemonIsThereAtOnce},
          {"unarmed programs refuse", UnarmedProgramsRefuse},
      });
}
