// What makes the page cache cold for the start after it: a copy of the driver's libraries that is
// on the disk alone. A program of its own, since whoever touches a file warms it.
#include "common/options.h"
#include "common/page_copies.h"
#include "common/probe.h"

namespace {

constexpr char kUsage[] = "cold_pages --directory=DIRECTORY [--libcuda=FILE]";

}  // namespace

int main(int argc, char** argv) {
  Probe probe("cold_pages");
  Options options(argc, argv);
  const char* const directory = options.Text("directory", "");
  const char* const libcuda = options.Text("libcuda", "libcuda.so.1");
  options.Expect(directory[0] == '/', "directory", "a path from the root");
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  long long bytes = 0;
  probe.Phase("copy", [&] { return CopyLibraries(libcuda, directory); });
  probe.Phase("evict", [&] { return EvictFiles(directory, bytes); });
  probe.Sample("evicted_bytes", static_cast<double>(bytes));
  return probe.Finish();
}
