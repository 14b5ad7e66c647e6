// Our declarations against the toolkit's, where there is one.
#include "test/abi/describe.h"
#include "test/check.h"

int main() {
  const Table ours = OurTable();
  const Table toolkit = ToolkitTable();
  CHECK(ours.size() > 80);
  if (toolkit.empty()) {
    (void)std::puts("not compared: no cuda.h");
    return Failures();
  }
  CHECK(ours.size() == toolkit.size());
  for (std::size_t at = 0; at < ours.size(); ++at) CHECK_TEXT(ours[at], toolkit[at]);
  (void)std::printf("%zu names compared\n", ours.size());
  return Failures();
}
