#include "common/driver.h"

#include <csignal>

#include "common/nvml.h"
#include "test/check.h"

namespace {

void AMissingLibraryIsNoLibrary() {
  Driver cuda;
  const auto failure = cuda.Load("/nowhere/libcuda.so.1");
  CHECK(failure.has_value());
  CHECK_TEXT(failure->reason, "no_library");
  CHECK(std::string(failure->message).find("/nowhere/libcuda.so.1") != std::string::npos);
  CHECK_TEXT(cuda.library.Path(), "");
}

void AMissingSymbolIsNamed() {
  Driver cuda;
  const auto driver_failure = cuda.Load("libm.so.6");
  CHECK(driver_failure.has_value());
  CHECK_TEXT(driver_failure->reason, "driver_too_old");
  CHECK(std::string(driver_failure->message).find("libm.so.6 has no cuInit") != std::string::npos);
  Nvml nvml;
  const auto nvml_failure = nvml.Load("libm.so.6");
  CHECK(nvml_failure.has_value());
  CHECK_TEXT(nvml_failure->reason, "driver_too_old");
  CHECK(std::string(nvml_failure->message).find("has no nvmlInit_v2") != std::string::npos);
}

void AnErrorIsExplainedByItsCall() {
  const Driver cuda;
  const Failure failure = cuda.Explain("cuInit", CUDA_ERROR_UNKNOWN);
  CHECK_TEXT(failure.reason, "uvm_missing");
  CHECK_TEXT(failure.code, "CUDA_ERROR_999");  // no library is loaded that would name it
  CHECK_TEXT(failure.message, "cuInit failed");
  CHECK_TEXT(cuda.Explain("cuIpcOpenMemHandle_v2", CUDA_ERROR_MAP_FAILED).reason, "ipc_denied");
  CHECK_TEXT(cuda.Explain("cuMemAlloc_v2", CUDA_ERROR_MAP_FAILED).reason, "unknown");
}

void NvmlErrorsHaveNames() {
  const Failure known = Nvml::Explain("nvmlInit_v2", NVML_ERROR_DRIVER_NOT_LOADED);
  CHECK_TEXT(known.reason, "no_driver");
  CHECK_TEXT(known.code, "NVML_ERROR_DRIVER_NOT_LOADED");
  CHECK_TEXT(Nvml::Explain("nvmlInit_v2", static_cast<nvmlReturn_t>(77)).code, "NVML_ERROR_77");
}

/// A library whose one function is the C library's, for what any library does.
struct Arithmetic {
  static Failure Explain(const char* call, int code) { return Because(call, "%d", code); }
  Library library;
  Entry<Arithmetic, int (*)(int)> abs{*this, "abs"};
};

void ACallExplainsItsErrorAndSeesSigterm() {
  Arithmetic arithmetic;
  CHECK(!arithmetic.abs);
  CHECK(!arithmetic.library.Open("libc.so.6"));
  arithmetic.abs.Bind(arithmetic.library, "abs");
  CHECK(static_cast<bool>(arithmetic.abs));
  CHECK(!arithmetic.abs(0));
  const auto failure = arithmetic.abs(-7);
  CHECK(failure.has_value());
  CHECK_TEXT(failure->reason, "abs");
  CHECK_TEXT(failure->message, "7");
  HoldSignals();
  CHECK(!arithmetic.abs(0));
  (void)raise(SIGTERM);
  const auto cancelled = arithmetic.abs(0);
  CHECK(cancelled.has_value());
  CHECK_TEXT(cancelled->reason, "cancelled");
  CHECK(arithmetic.abs.Raw(-7) == 7);
}

}  // namespace

int main() {
  AMissingLibraryIsNoLibrary();
  AMissingSymbolIsNamed();
  AnErrorIsExplainedByItsCall();
  NvmlErrorsHaveNames();
  ACallExplainsItsErrorAndSeesSigterm();
  return Failures();
}
