// What is read of a PCIe link, from a library that is this program (see Makefile).
#include "function_ipc/gpu_link.h"

#include "test/check.h"
#include "test/processes.h"

namespace {

/// What the library answers.
struct Link {
  unsigned generation = 5;
  unsigned width = 16;
  nvmlReturn_t code = NVML_SUCCESS;
  nvmlReturn_t max_code = NVML_SUCCESS;
};

Link& Answer() {
  static Link link;
  return link;
}

std::string Told(const Link& link) {
  Answer() = link;
  LinkReader reader;
  CHECK(!reader.Open(nullptr, "GPU-1"));
  const auto read = reader.Read();
  if (!read) return "nothing";
  return std::to_string(read->generation) + " x" + std::to_string(read->width) + " of " +
         std::to_string(read->max_generation) + " x" + std::to_string(read->max_width);
}

void ItIsTold() {
  CHECK_TEXT(Told({5, 16, NVML_SUCCESS}), "5 x16 of 5 x16");
  CHECK_TEXT(Told({1, 4, NVML_SUCCESS}), "1 x4 of 5 x16");
}

void WhatNvmlDoesNotTellIsNothing() {
  CHECK_TEXT(Told({5, 16, NVML_ERROR_NOT_SUPPORTED}), "nothing");
  CHECK_TEXT(Told({5, 16, NVML_SUCCESS, NVML_ERROR_NOT_SUPPORTED}), "5 x16 of 0 x0");
}

void WithoutNvmlThereIsNothingToOpen() {
  LinkReader reader;
  CHECK_TEXT(ReasonOf(reader.Open("/nowhere/libnvidia-ml.so.1", "GPU-1")), "no_library");
}

}  // namespace

extern "C" {

nvmlReturn_t nvmlInit_v2() {
  return NVML_SUCCESS;
}
nvmlReturn_t nvmlShutdown() {
  return NVML_SUCCESS;
}
nvmlReturn_t nvmlDeviceGetHandleByUUID(const char*, nvmlDevice_t*) {
  return NVML_SUCCESS;
}
nvmlReturn_t nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t, unsigned* generation) {
  *generation = Answer().generation;
  return Answer().code;
}
nvmlReturn_t nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t, unsigned* width) {
  *width = Answer().width;
  return Answer().code;
}
nvmlReturn_t nvmlDeviceGetMaxPcieLinkGeneration(nvmlDevice_t, unsigned* generation) {
  *generation = 5;
  return Answer().max_code;
}
nvmlReturn_t nvmlDeviceGetMaxPcieLinkWidth(nvmlDevice_t, unsigned* width) {
  *width = 16;
  return Answer().max_code;
}

// What a library cannot be loaded without, and nobody calls.
nvmlReturn_t nvmlSystemGetDriverVersion(char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned*) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned, nvmlDevice_t*) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t, char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t, char*, unsigned) {
  return NVML_ERROR_UNKNOWN;
}
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t, nvmlMemory_t*) {
  return NVML_ERROR_UNKNOWN;
}

}  // extern "C"

int main() {
  ItIsTold();
  WhatNvmlDoesNotTellIsNothing();
  WithoutNvmlThereIsNothingToOpen();
  return Failures();
}
