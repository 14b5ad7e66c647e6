// Waiting without giving the processor away.
#pragma once

/// Tells the processor that this is a loop that waits.
inline void Relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}
