#include "test/abi/describe.h"
#include "test/abi/names.h"

#if __has_include(<cuda.h>)
// With this the old names stay what they are, and are declared beside the new ones.
// NOLINTNEXTLINE(bugprone-reserved-identifier): it is the toolkit's
#define __CUDA_API_VERSION_INTERNAL
#include <cuda.h>

Table ToolkitTable() {
  Table table;
  CUDA_FUNCTIONS(PUSH_FUNCTION)
  CUDA_RESULTS(PUSH_CONSTANT)
  CUDA_ATTRIBUTES(PUSH_CONSTANT)
  CUDA_FLAGS(PUSH_CONSTANT)
  CUDA_LOADING_MODES(PUSH_CONSTANT)
  return table;
}
#else
Table ToolkitTable() {
  return {};
}
#endif
