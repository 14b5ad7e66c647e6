// Preloaded into a program, keeps a log of when memory was asked for, and by whom: lines `SECONDS
// ours|theirs FUNCTION PROGRAM PID` at the end of the file $ALLOCATION_LOG, SECONDS being of the
// clock that probes read. `ours` is what the program asks for itself or has the C library ask for;
// what the loader or a library that it loaded asks for inside a call is `theirs`.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <unistd.h>
#include <unwind.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "common/clock.h"

// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier): the C library's names
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier)

namespace {

/// Where the object that holds `address` begins; null where none does.
void* BaseOf(std::uintptr_t address) {
  Dl_info info{};
  const void* const place =
      reinterpret_cast<const void*>(address);  // NOLINT(performance-no-int-to-ptr)
  return dladdr(place, &info) == 0 ? nullptr : info.dli_fbase;
}

/// Looks through a stack for frames of others than the program, its C library and this library.
struct Look {
  const void* program = BaseOf(getauxval(AT_ENTRY));
  const void* c_library = BaseOf(reinterpret_cast<std::uintptr_t>(&std::abort));
  const void* log = BaseOf(reinterpret_cast<std::uintptr_t>(&BaseOf));
  bool others = false;
};

_Unwind_Reason_Code VisitFrame(_Unwind_Context* frame, void* state) {
  Look& look = *static_cast<Look*>(state);
  const void* const base = BaseOf(_Unwind_GetIP(frame));
  look.others =
      base != nullptr && base != look.program && base != look.c_library && base != look.log;
  return look.others ? _URC_END_OF_STACK : _URC_NO_REASON;
}

bool AreOurs() {
  Look look;
  _Unwind_Backtrace(VisitFrame, &look);
  return !look.others;
}

void Write(const char* file, const char* function, Nanoseconds at) {
  char line[256];
  const int length = std::snprintf(
      line, sizeof line, "%lld.%09lld %s %s %s %d\n", static_cast<long long>(at / kSecond),
      static_cast<long long>(at % kSecond), AreOurs() ? "ours" : "theirs", function,
      program_invocation_short_name, getpid());
  // Opened each time: a program may close what it does not know.
  const int log = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (log < 0 || write(log, line, static_cast<std::size_t>(length)) != length) std::abort();
  close(log);
}

void Note(const char* function) {
  thread_local bool busy [[gnu::tls_model("initial-exec")]] = false;
  const Nanoseconds at = ReadClock();
  const char* const file = std::getenv("ALLOCATION_LOG");
  if (file == nullptr || busy) return;
  const int error = errno;
  busy = true;
  Write(file, function, at);
  busy = false;
  errno = error;
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming): the C library's names
extern "C" {

void* malloc(std::size_t bytes) noexcept {
  Note("malloc");
  return __libc_malloc(bytes);
}

void* calloc(std::size_t count, std::size_t bytes) noexcept {
  Note("calloc");
  return __libc_calloc(count, bytes);
}

void* realloc(void* memory, std::size_t bytes) noexcept {
  Note("realloc");
  return __libc_realloc(memory, bytes);
}

void* memalign(std::size_t alignment, std::size_t bytes) noexcept {
  Note("memalign");
  return __libc_memalign(alignment, bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) noexcept {
  Note("aligned_alloc");
  return __libc_memalign(alignment, bytes);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) noexcept {
  Note("posix_memalign");
  *memory = __libc_memalign(alignment, bytes);
  return *memory == nullptr ? ENOMEM : 0;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming)
