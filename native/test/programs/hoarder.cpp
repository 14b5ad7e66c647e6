// A probe that asks for memory in some of its phases and between them.
#include <cstdlib>
#include <cstring>

#include "common/probe.h"

int main() {
  using Nothing = std::optional<Failure>;
  void* taken[3] = {};
  char* copy = nullptr;
  Probe probe("hoarder");
  probe.Start();
  probe.Phase("abstain", [] { return Nothing(); });
  taken[0] = std::malloc(1);
  probe.Phase("take", [&] {
    taken[1] = std::malloc(1);
    taken[2] = std::calloc(1, 1);
    return Nothing();
  });
  // The C library asks.
  probe.Phase("copy", [&] {
    copy = strdup("text");
    return Nothing();
  });
  std::free(copy);
  for (void* const memory : taken) std::free(memory);
  return probe.Finish();
}
