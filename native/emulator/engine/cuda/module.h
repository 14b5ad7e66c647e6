#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/cuda/kernels.h"
#include "emulator/engine/cuda/status.h"
#include "emulator/engine/emulator.h"

namespace emulator {

class Module;

/// A kernel of a loaded module.
struct Function {
  const Module* module;
  const Kernel* kernel;
};

/// A module loaded from PTX.
class Module {
 public:
  /// `name` must be one of the module's entries and one of the kernels in here; else null.
  Function* Find(std::string_view name);

  std::vector<std::string> entries;
  Seconds lazy_cost{0};  // what is left to pay when the first function is asked for
  std::vector<std::unique_ptr<Function>> functions;
};

/// How kernels are loaded: CUDA_MODULE_LOADING (EAGER or LAZY), else as the driver does by itself.
ModuleLoading LoadingMode(const Profile& profile);

/// The modules of a context.
class Modules {
 public:
  explicit Modules(Emulator& emulator) : emulator_(emulator) {}

  /// Takes the time of a JIT compilation, or of finding its result in the cache. Null when the
  /// image is no PTX.
  Module* Load(std::string_view image);

  /// Under lazy loading the first takes the time that Load has left. Null as in Module::Find.
  static Function* FindFunction(Module* module, std::string_view name);

  bool Unload(Module* module);

  /// Whether the handles are of something that is loaded.
  bool Has(const Module* module) const;
  bool Has(const Function* function) const;

 private:
  Seconds LoadingTime(std::string_view image);

  Emulator& emulator_;
  std::vector<std::unique_ptr<Module>> modules_;
};

}  // namespace emulator
