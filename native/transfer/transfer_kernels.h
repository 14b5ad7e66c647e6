// The kernels of the probes that pass data on, beside the one that every probe has.
#pragma once

#include "common/kernels.h"

/// The names of the kernels in CUDAPROBE_TRANSFER_PTX, which has `fill` (kernels.h), too. Each is
/// right whatever the grid: a thread strides by the number of threads.
///
/// verify(.u64 memory, .u64 words, .u32 seed, .u32 addend, .u64 mismatches) adds to the 64-bit
/// number at `mismatches` how many words are not CudaprobePattern(index, seed) + addend.
#define CUDAPROBE_VERIFY "verify"
/// touch(.u64 memory, .u64 words, .u32 addend, .u64 step) adds `addend` to `words` words of which
/// each lies `step` words behind the one before: reads and writes all of them.
#define CUDAPROBE_TOUCH "touch"

/// Sets %index to the thread's own number and %stride to that of all threads.
#define CUDAPROBE_PTX_GRID                            \
  "  .reg .pred %done;\n"                             \
  "  .reg .b32 %thread, %threads, %block, %blocks;\n" \
  "  .reg .b64 %index, %stride, %first;\n"            \
  "  mov.u32 %thread, %tid.x;\n"                      \
  "  mov.u32 %threads, %ntid.x;\n"                    \
  "  mov.u32 %block, %ctaid.x;\n"                     \
  "  mov.u32 %blocks, %nctaid.x;\n"                   \
  "  mul.wide.u32 %first, %block, %threads;\n"        \
  "  cvt.u64.u32 %index, %thread;\n"                  \
  "  add.u64 %index, %index, %first;\n"               \
  "  mul.wide.u32 %stride, %threads, %blocks;\n"

#define CUDAPROBE_PTX_VERIFY                                                         \
  ".visible .entry verify(\n"                                                        \
  "  .param .u64 memory, .param .u64 words, .param .u32 seed, .param .u32 addend,\n" \
  "  .param .u64 mismatches)\n"                                                      \
  "{\n" CUDAPROBE_PTX_GRID                                                           \
  "  .reg .pred %same;\n"                                                            \
  "  .reg .b32 %seed, %addend, %word, %found;\n"                                     \
  "  .reg .b64 %memory, %words, %mismatches, %at;\n"                                 \
  "  ld.param.u64 %memory, [memory];\n"                                              \
  "  ld.param.u64 %words, [words];\n"                                                \
  "  ld.param.u32 %seed, [seed];\n"                                                  \
  "  ld.param.u32 %addend, [addend];\n"                                              \
  "  ld.param.u64 %mismatches, [mismatches];\n"                                      \
  "  cvta.to.global.u64 %memory, %memory;\n"                                         \
  "  cvta.to.global.u64 %mismatches, %mismatches;\n"                                 \
  "next:\n"                                                                          \
  "  setp.ge.u64 %done, %index, %words;\n"                                           \
  "  @%done bra end;\n"                                                              \
  "  cvt.u32.u64 %word, %index;\n"                                                   \
  "  xor.b32 %word, %word, %seed;\n"                                                 \
  "  mul.lo.u32 %word, %word, 2654435761;\n"                                         \
  "  add.u32 %word, %word, %addend;\n"                                               \
  "  shl.b64 %at, %index, 2;\n"                                                      \
  "  add.u64 %at, %memory, %at;\n"                                                   \
  "  ld.global.u32 %found, [%at];\n"                                                 \
  "  setp.eq.u32 %same, %found, %word;\n"                                            \
  "  @!%same red.global.add.u64 [%mismatches], 1;\n"                                 \
  "  add.u64 %index, %index, %stride;\n"                                             \
  "  bra next;\n"                                                                    \
  "end:\n"                                                                           \
  "  ret;\n"                                                                         \
  "}\n"

#define CUDAPROBE_PTX_TOUCH                                                          \
  ".visible .entry touch(\n"                                                         \
  "  .param .u64 memory, .param .u64 words, .param .u32 addend, .param .u64 step)\n" \
  "{\n" CUDAPROBE_PTX_GRID                                                           \
  "  .reg .b32 %addend, %word;\n"                                                    \
  "  .reg .b64 %memory, %words, %step, %at;\n"                                       \
  "  ld.param.u64 %memory, [memory];\n"                                              \
  "  ld.param.u64 %words, [words];\n"                                                \
  "  ld.param.u32 %addend, [addend];\n"                                              \
  "  ld.param.u64 %step, [step];\n"                                                  \
  "  cvta.to.global.u64 %memory, %memory;\n"                                         \
  "next:\n"                                                                          \
  "  setp.ge.u64 %done, %index, %words;\n"                                           \
  "  @%done bra end;\n"                                                              \
  "  mul.lo.u64 %at, %index, %step;\n"                                               \
  "  shl.b64 %at, %at, 2;\n"                                                         \
  "  add.u64 %at, %memory, %at;\n"                                                   \
  "  ld.global.u32 %word, [%at];\n"                                                  \
  "  add.u32 %word, %word, %addend;\n"                                               \
  "  st.global.u32 [%at], %word;\n"                                                  \
  "  add.u64 %index, %index, %stride;\n"                                             \
  "  bra next;\n"                                                                    \
  "end:\n"                                                                           \
  "  ret;\n"                                                                         \
  "}\n"

#define CUDAPROBE_TRANSFER_PTX \
  CUDAPROBE_PTX_HEADER CUDAPROBE_PTX_FILL CUDAPROBE_PTX_VERIFY CUDAPROBE_PTX_TOUCH
