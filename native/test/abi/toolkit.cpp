#include "test/abi/describe.h"
#include "test/abi/names.h"

#if __has_include(<cuda.h>)
// With this the old names stay what they are, and are declared beside the new ones.
#define __CUDA_API_VERSION_INTERNAL
#include <cuda.h>

Table ToolkitTable() {
  return DESCRIBE_ALL;
}
#else
Table ToolkitTable() {
  return {};
}
#endif
