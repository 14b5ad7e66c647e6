// The kernels, as PTX text that the driver compiles: `.target sm_50` runs on everything from
// Maxwell on, so no toolkit is needed. Valid C too: the benchmark's reference includes it.
#pragma once

#include <stdint.h>  // NOLINT(modernize-deprecated-headers): <cstdint> is no C

/// The name of the kernel in CUDAPROBE_PTX.
/// fill(.u64 memory, .u64 words, .u32 seed) writes CudaprobePattern(index, seed) to every 32-bit
/// word of a buffer, whatever the grid: a thread strides by the number of threads.
#define CUDAPROBE_FILL "fill"

/// The word that `fill` writes at `index`. The multiplier is odd, so every index has its own word
/// and one that lies in the wrong place is found.
static inline uint32_t CudaprobePattern(uint64_t index, uint32_t seed) {
  const uint32_t low = index & 0xffffffffU;
  return (low ^ seed) * 2654435761U;
}

/// What every module of ours begins with.
#define CUDAPROBE_PTX_HEADER \
  ".version 6.0\n"           \
  ".target sm_50\n"          \
  ".address_size 64\n"

#define CUDAPROBE_PTX_FILL                                          \
  ".visible .entry fill(\n"                                         \
  "  .param .u64 memory, .param .u64 words, .param .u32 seed)\n"    \
  "{\n"                                                             \
  "  .reg .pred %done;\n"                                           \
  "  .reg .b32 %thread, %threads, %block, %blocks, %seed, %word;\n" \
  "  .reg .b64 %memory, %words, %index, %stride, %first, %at;\n"    \
  "  ld.param.u64 %memory, [memory];\n"                             \
  "  ld.param.u64 %words, [words];\n"                               \
  "  ld.param.u32 %seed, [seed];\n"                                 \
  "  cvta.to.global.u64 %memory, %memory;\n"                        \
  "  mov.u32 %thread, %tid.x;\n"                                    \
  "  mov.u32 %threads, %ntid.x;\n"                                  \
  "  mov.u32 %block, %ctaid.x;\n"                                   \
  "  mov.u32 %blocks, %nctaid.x;\n"                                 \
  "  mul.wide.u32 %first, %block, %threads;\n"                      \
  "  cvt.u64.u32 %index, %thread;\n"                                \
  "  add.u64 %index, %index, %first;\n"                             \
  "  mul.wide.u32 %stride, %threads, %blocks;\n"                    \
  "next:\n"                                                         \
  "  setp.ge.u64 %done, %index, %words;\n"                          \
  "  @%done bra end;\n"                                             \
  "  cvt.u32.u64 %word, %index;\n"                                  \
  "  xor.b32 %word, %word, %seed;\n"                                \
  "  mul.lo.u32 %word, %word, 2654435761;\n"                        \
  "  shl.b64 %at, %index, 2;\n"                                     \
  "  add.u64 %at, %memory, %at;\n"                                  \
  "  st.global.u32 [%at], %word;\n"                                 \
  "  add.u64 %index, %index, %stride;\n"                            \
  "  bra next;\n"                                                   \
  "end:\n"                                                          \
  "  ret;\n"                                                        \
  "}\n"

#define CUDAPROBE_PTX CUDAPROBE_PTX_HEADER CUDAPROBE_PTX_FILL
