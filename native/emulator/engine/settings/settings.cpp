#include "emulator/engine/settings/settings.h"

#include <algorithm>
#include <array>

#include "emulator/engine/settings/entries.h"
#include "emulator/engine/settings/places.h"
#include "emulator/engine/settings/profile_file.h"
#include "emulator/engine/settings/profile_keys.h"
#include "emulator/engine/settings/profile_values.h"

namespace emulator {
namespace {

template <auto Member>
Problem SetMember(Settings& settings, const std::string& text) {
  return SetValue(settings.*Member, text);
}

Problem SetGpus(Settings& settings, const std::string& text) {
  const Problem problem = SetValue(settings.gpus, text);
  const bool few = settings.gpus >= 1 && settings.gpus <= kMaxGpus;
  if (problem || !few) return "is not a number from 1 to 16";
  return std::nullopt;
}

Problem SetStride(Settings& settings, const std::string& text) {
  const Problem problem = SetValue(settings.nvml_process_stride, text);
  const std::uint64_t stride = settings.nvml_process_stride;
  const bool known = stride == 16 || stride == 24 || stride == 32;
  if (problem || !known) return "is not one of 16 24 32";
  return std::nullopt;
}

Problem AddTenant(Settings& settings, const std::string& text) {
  auto tenant = ParseTenant(text);
  if (!tenant.value) return tenant.problem;
  settings.tenants.push_back(*std::move(tenant.value));
  return std::nullopt;
}

Problem AddMig(Settings& settings, const std::string& text) {
  const auto instance = ParseMig(text);
  if (!instance.value) return instance.problem;
  settings.migs.push_back(*instance.value);
  return std::nullopt;
}

Problem AddFault(Settings& settings, const std::string& text) {
  auto fault = ParseFault(text);
  if (!fault.value) return fault.problem;
  settings.faults.push_back(*std::move(fault.value));
  return std::nullopt;
}

Problem AddLost(Settings& settings, const std::string& text) {
  return SetValue(settings.lost.emplace_back(), text);
}

struct Key {
  std::string_view name;
  Problem (*set)(Settings&, const std::string&);
};

constexpr std::array kKeys = {
    Key{"profile", SetMember<&Settings::profile_name>},
    Key{"gpus", SetGpus},
    Key{"seed", SetMember<&Settings::seed>},
    Key{"time_scale", SetMember<&Settings::time_scale>},
    Key{"nvml_process_stride", SetStride},
    Key{"mps_default_directory", SetMember<&Settings::mps_default_directory>},
    Key{"mps_server", SetMember<&Settings::mps_server>},
    Key{"nvlink", SetMember<&Settings::nvlink>},
    Key{"mig", AddMig},
    Key{"tenant", AddTenant},
    Key{"fault", AddFault},
    Key{"lost", AddLost},
};

const Key* FindKey(const std::string& name) {
  const auto* found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.name == name; });
  return found == kKeys.end() ? nullptr : found;
}

Problem ApplyOwn(Settings& settings, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    const Key* key = FindKey(entry.key);
    if (key == nullptr && IsProfileKey(entry.key)) continue;
    if (key == nullptr) return Said(entry, "is an unknown key");
    if (Problem problem = key->set(settings, entry.value)) return Said(entry, *problem);
  }
  return std::nullopt;
}

std::string ProfilePath(const std::string& name, const std::string& directory,
                        const std::string& profiles_directory) {
  if (name.find('/') == std::string::npos) return profiles_directory + "/" + name + ".profile";
  return name.front() == '/' ? name : directory + "/" + name;
}

Problem Load(Settings& settings, const std::string& directory,
             const std::string& profiles_directory) {
  const std::string path = directory + "/emulator.conf";
  const auto entries = ReadEntries(path);
  if (!entries.value) return entries.problem;
  Problem problem = FindRepeated(*entries.value, {"mig", "tenant", "fault", "lost"});
  if (!problem) problem = ApplyOwn(settings, *entries.value);
  if (!problem) problem = Settle(settings, path);
  if (problem) return problem;
  auto profile = ReadProfile(ProfilePath(settings.profile_name, directory, profiles_directory));
  if (!profile.value) return profile.problem;
  settings.profile = *std::move(profile.value);
  return OverrideProfile(settings.profile, *entries.value);
}

}  // namespace

std::vector<std::uint64_t> Settings::MigsOf(std::uint64_t gpu) const {
  std::vector<std::uint64_t> places;
  for (std::uint64_t i = 0; i < migs.size(); ++i) {
    if (migs[i].gpu == gpu) places.push_back(kMaxGpus + i);
  }
  return places;
}

bool Settings::IsLost(std::uint64_t place) const {
  return std::find(lost.begin(), lost.end(), GpuOf(place)) != lost.end();
}

Result<Settings> ReadSettings(const std::string& directory, const std::string& profiles_directory) {
  Settings settings;
  if (Problem problem = Load(settings, directory, profiles_directory)) {
    return Result<Settings>::Failed(*problem);
  }
  return Result<Settings>::Of(std::move(settings));
}

}  // namespace emulator
