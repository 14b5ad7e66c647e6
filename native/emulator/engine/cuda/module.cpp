#include "emulator/engine/cuda/module.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "emulator/engine/cuda/jit_cache.h"
#include "emulator/engine/cuda/ptx.h"
#include "emulator/engine/environment.h"

namespace emulator {
namespace {

template <typename Items, typename Item>
auto FindOwned(Items& items, const Item* item) {
  return std::find_if(items.begin(), items.end(),
                      [&](const auto& candidate) { return candidate.get() == item; });
}

}  // namespace

ModuleLoading LoadingMode(const Profile& profile) {
  const auto wish = Environment("CUDA_MODULE_LOADING");
  if (wish == "EAGER") return ModuleLoading::kEager;
  if (wish == "LAZY") return ModuleLoading::kLazy;
  return profile.module_loading;
}

Function* Module::Find(std::string_view name) {
  if (std::count(entries.begin(), entries.end(), name) == 0) return nullptr;
  const Kernel* kernel = FindKernel(name);
  if (kernel == nullptr) {
    std::fprintf(stderr, "cudaprobe emulator: there is no kernel \"%.*s\" in here\n",
                 static_cast<int>(name.size()), name.data());
    return nullptr;
  }
  functions.push_back(std::make_unique<Function>(Function{this, kernel}));
  return functions.back().get();
}

/// What was compiled for another driver or another GPU is of no use.
Seconds Modules::LoadingTime(std::string_view image) {
  const Profile& profile = emulator_.settings.profile;
  const auto& capability = profile.compute_capability;
  const std::string key = profile.driver_version + " " + std::to_string(capability.major) + "." +
                          std::to_string(capability.minor) + " " + std::string(image);
  const JitCache cache = JitCache::FromEnvironment();
  if (cache.Has(key)) return emulator_.pacer.Draw(Latency::kModuleCached);
  cache.Keep(key);
  return emulator_.pacer.Draw(Latency::kModuleCompiled);
}

Module* Modules::Load(std::string_view image) {
  if (!IsPtx(image)) return nullptr;
  const Instant start = Now();
  const Profile& profile = emulator_.settings.profile;
  const Seconds whole = LoadingTime(image);
  auto module = std::make_unique<Module>();
  module->entries = EntriesOf(image);
  if (LoadingMode(profile) == ModuleLoading::kLazy) {
    module->lazy_cost = whole * profile.lazy_loading_ratio.value;
  }
  SleepUntil(start + whole - module->lazy_cost);
  modules_.push_back(std::move(module));
  return modules_.back().get();
}

Function* Modules::FindFunction(Module* module, std::string_view name) {
  const Pace pace(std::exchange(module->lazy_cost, Seconds(0)));
  return module->Find(name);
}

bool Modules::Unload(Module* module) {
  const auto found = FindOwned(modules_, module);
  if (found == modules_.end()) return false;
  modules_.erase(found);
  return true;
}

bool Modules::Has(const Module* module) const {
  return FindOwned(modules_, module) != modules_.end();
}

bool Modules::Has(const Function* function) const {
  return std::any_of(modules_.begin(), modules_.end(), [&](const auto& module) {
    return FindOwned(module->functions, function) != module->functions.end();
  });
}

}  // namespace emulator
