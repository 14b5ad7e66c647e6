#include "emulator/engine/settings/places.h"

#include <algorithm>

namespace emulator {
namespace {

bool IsSame(const MigInstance& one, const MigInstance& other) {
  return one.gpu == other.gpu && one.gpu_instance == other.gpu_instance &&
         one.compute_instance == other.compute_instance;
}

Problem FindStranger(const Settings& settings) {
  const auto is_here = [&](std::uint64_t gpu) { return gpu < settings.gpus; };
  const auto on_gpu = [&](const auto& one) { return is_here(one.gpu); };
  const bool tenants = std::all_of(settings.tenants.begin(), settings.tenants.end(), on_gpu);
  const bool migs = std::all_of(settings.migs.begin(), settings.migs.end(), on_gpu);
  const bool lost = std::all_of(settings.lost.begin(), settings.lost.end(), is_here);
  if (tenants && migs && lost) return std::nullopt;
  return "a tenant, MIG instance or lost GPU is none of the " + std::to_string(settings.gpus) +
         " GPUs";
}

Problem CheckMigs(const Settings& settings) {
  for (const MigInstance& one : settings.migs) {
    const auto same = [&](const MigInstance& other) { return IsSame(one, other); };
    if (std::count_if(settings.migs.begin(), settings.migs.end(), same) > 1) {
      return "a MIG instance is given twice";
    }
    if (settings.MigsOf(one.gpu).size() > kMaxMigsOfGpu) return "a GPU has more than 7 instances";
  }
  return std::nullopt;
}

Problem Place(Tenant& tenant, const Settings& settings) {
  tenant.place = tenant.gpu;
  if (!tenant.gpu_instance) return std::nullopt;
  for (const std::uint64_t place : settings.MigsOf(tenant.gpu)) {
    const MigInstance wanted{tenant.gpu, *tenant.gpu_instance, *tenant.compute_instance, 0};
    if (!IsSame(*settings.MigAt(place), wanted)) continue;
    tenant.place = place;
    return std::nullopt;
  }
  return "a tenant is on a MIG instance that is not there";
}

Problem SettleAll(Settings& settings) {
  Problem problem = FindStranger(settings);
  if (!problem) problem = CheckMigs(settings);
  for (Tenant& tenant : settings.tenants) {
    if (!problem) problem = Place(tenant, settings);
  }
  return problem;
}

}  // namespace

Problem Settle(Settings& settings, const std::string& path) {
  const Problem problem = SettleAll(settings);
  if (!problem) return std::nullopt;
  return path + ": " + *problem;
}

}  // namespace emulator
