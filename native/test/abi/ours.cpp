#include "common/cuda_abi.h"
#include "test/abi/describe.h"
#include "test/abi/names.h"

namespace {

/// A constant that names.h forgets is a warning, and so an error, here.
#define CASE(name) case name:
[[maybe_unused]] void NamesAreComplete(CUresult result, CUdevice_attribute attribute,
                                       CUmoduleLoadingMode mode) {
  switch (result) { CUDA_RESULTS(CASE) break; }
  switch (attribute) { CUDA_ATTRIBUTES(CASE) break; }
  switch (mode) { CUDA_LOADING_MODES(CASE) break; }
}
#undef CASE

}  // namespace

Table OurTable() {
  Table table;
  CUDA_FUNCTIONS(PUSH_FUNCTION)
  CUDA_RESULTS(PUSH_CONSTANT)
  CUDA_ATTRIBUTES(PUSH_CONSTANT)
  CUDA_FLAGS(PUSH_CONSTANT)
  CUDA_LOADING_MODES(PUSH_CONSTANT)
  return table;
}
