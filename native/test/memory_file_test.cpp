// Memory that two processes have in common.
#include "function_ipc/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "function_ipc/numa.h"
#include "test/check.h"
#include "test/processes.h"

namespace {

constexpr std::size_t kBytes = 1U << 20U;

void WhatOneWritesTheOtherReads() {
  MemoryFile memory;
  Mapping ours;
  CHECK(!memory.Create(kBytes, -1));
  CHECK(!ours.Map(memory.Descriptor(), kBytes));
  CHECK(ours.Bytes() == kBytes && ours.Data()[kBytes - 1] == 0);
  const Process other([&] {
    Mapping theirs;
    if (theirs.Map(memory.Descriptor(), kBytes)) return 1;
    theirs.Data()[kBytes - 1] = 7;
    return 0;
  });
  CHECK(other.ExitCode() == 0);
  CHECK(ours.Data()[kBytes - 1] == 7);
}

void AllOfItIsThereAndClosesOnExec() {
  MemoryFile memory;
  struct stat facts {};
  CHECK(!memory.Create(kBytes, 0));
  CHECK(fstat(memory.Descriptor(), &facts) == 0);
  CHECK(facts.st_blocks == static_cast<blkcnt_t>(kBytes / 512));
  CHECK((fcntl(memory.Descriptor(), F_GETFD) & FD_CLOEXEC) != 0);
}

void ItOutlivesItsDescriptor() {
  MemoryFile memory;
  Mapping ours;
  CHECK(!memory.Create(kBytes, -1));
  CHECK(!ours.Map(memory.Descriptor(), kBytes));
  memory.Close();
  CHECK(memory.Descriptor() == -1);
  ours.Data()[0] = 1;
  CHECK(ours.Data()[0] == 1);
}

void WithoutAFileItIsOnesOwn() {
  Mapping own;
  CHECK(!own.Map(-1, kBytes));
  const Process other([&] {
    own.Data()[0] = 7;
    return 0;
  });
  CHECK(other.ExitCode() == 0);
  CHECK(own.Data()[0] == 0);
}

void WhatIsNotToBeHadIsShmFull() {
  const Process limited([] {
    const rlimit limit{kBytes, kBytes};
    setrlimit(RLIMIT_FSIZE, &limit);
    MemoryFile memory;
    if (memory.Create(kBytes, -1)) return 1;
    return ReasonOf(memory.Create(kBytes + 4096, -1)) == "shm_full" ? 0 : 2;
  });
  CHECK(limited.ExitCode() == 0);
}

void MoreThanThereIsCannotBeMapped() {
  Mapping own;
  CHECK_TEXT(ReasonOf(own.Map(-1, std::size_t{1} << 60U)), "oom");
  CHECK(own.Data() == nullptr);
}

void ANodeIsReadFromTheDevicesFile() {
  char root[] = "/tmp/cudaprobe-numa-XXXXXX";
  CHECK(mkdtemp(root) != nullptr);
  const std::string device = std::string(root) + "/0000:1b:00.0";
  CHECK(mkdir(device.c_str(), 0700) == 0);
  const std::string file = device + "/numa_node";
  std::ofstream(file) << "1\n";
  CHECK(ReadNode("0000:1B:00.0", root) == 1);
  std::ofstream(file) << "-1\n";
  CHECK(ReadNode("0000:1B:00.0", root) == -1);
  std::ofstream(file) << "";
  CHECK(ReadNode("0000:1B:00.0", root) == -1);
  CHECK(ReadNode("0000:1C:00.0", root) == -1);
  CHECK(unlink(file.c_str()) == 0 && rmdir(device.c_str()) == 0 && rmdir(root) == 0);
}

void ANodeThatIsNotThereIsNoFailure() {
  MemoryFile memory;
  CHECK(!memory.Create(kBytes, 63));
  CHECK(!memory.Create(kBytes, 64));
}

}  // namespace

int main() {
  WhatOneWritesTheOtherReads();
  AllOfItIsThereAndClosesOnExec();
  ItOutlivesItsDescriptor();
  WithoutAFileItIsOnesOwn();
  WhatIsNotToBeHadIsShmFull();
  MoreThanThereIsCannotBeMapped();
  ANodeIsReadFromTheDevicesFile();
  ANodeThatIsNotThereIsNoFailure();
  return Failures();
}
