#pragma once

#include <mutex>

#include "common/cuda_abi.h"
#include "emulator/engine/cuda/driver.h"
#include "emulator/engine/cuda/outcome.h"
#include "emulator/engine/emulator.h"

// What every function of the driver's interface begins with. Each wrapper refuses, lets a fault
// happen, checks what must have been done before, and calls `body` with the engine.
namespace emulator::bridge {

constexpr CUresult ToResult(Status status) {
  return static_cast<CUresult>(status);
}

/// Unarmed the libraries say what the toolkit's stub says. `body`: Emulator& -> CUresult.
template <typename Body>
CUresult Call(const char* name, Body body) {
  Emulator* emulator = Emulator::Get();
  if (emulator == nullptr) return CUDA_ERROR_STUB_LIBRARY;
  if (const auto code = emulator->faults.Inject(name, emulator->pacer)) {
    return static_cast<CUresult>(*code);
  }
  return body(*emulator);
}

/// After cuInit only. `body`: Driver& -> Outcome.
template <typename Body>
CUresult CallDriver(const char* name, Body body) {
  return Call(name, [&](Emulator& emulator) {
    Driver& driver = Driver::Of(emulator);
    const std::lock_guard lock(driver.Mutex());
    const Status readiness = driver.Readiness();
    return ToResult(readiness != Status::kSuccess ? readiness : body(driver));
  });
}

/// Success when the calling thread has a context that is sound.
inline Status ContextStatus(const Context* context) {
  if (context == nullptr) return Status::kInvalidContext;
  if (!context->IsActive()) return Status::kContextIsDestroyed;
  return context->Health();
}

/// What a call waits for, and in which context; an outcome with no context has nothing to wait for.
struct Started {
  Outcome outcome;
  const Context* context;
};

template <typename Body>
Started StartInContext(Driver& driver, Body body) {
  const std::lock_guard lock(driver.Mutex());
  if (driver.Readiness() != Status::kSuccess) return {driver.Readiness(), nullptr};
  Context* context = Driver::Current();
  const Status status = ContextStatus(context);
  if (status != Status::kSuccess) return {status, nullptr};
  return {body(driver, *context), context};
}

/// With a current context only. `body`: Driver&, Context& -> Outcome. What it waits for is waited
/// for without the driver's mutex.
template <typename Body>
CUresult CallContext(const char* name, Body body) {
  return Call(name, [&](Emulator& emulator) {
    const Started started = StartInContext(Driver::Of(emulator), body);
    for (const Wait& wait : started.outcome.waits) wait.stream->Await(wait.ticket);
    const auto& elsewhere = started.outcome.elsewhere;
    if (elsewhere) elsewhere();
    const bool waited = elsewhere || !started.outcome.waits.empty();
    return ToResult(waited ? started.context->Health() : started.outcome.status);
  });
}

}  // namespace emulator::bridge
