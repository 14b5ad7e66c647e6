#include "emulator/engine/settings/profile_file.h"

#include <algorithm>

#include "emulator/engine/settings/profile_keys.h"

namespace emulator {
namespace {

Problem FindUnknown(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (!IsProfileKey(entry.key)) return Said(entry, "is an unknown key");
  }
  return std::nullopt;
}

Problem FindMissing(const std::string& path, const std::vector<Entry>& entries) {
  for (const std::string& key : RequiredProfileKeys()) {
    const bool found = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return entry.key == key; });
    if (!found) return std::string(path).append(": ").append(key).append(" is missing");
  }
  return std::nullopt;
}

}  // namespace

Problem OverrideProfile(Profile& profile, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (!IsProfileKey(entry.key)) continue;
    const Problem problem = SetProfileKey(profile, entry.key, entry.value);
    if (problem) return Said(entry, *problem);
  }
  return std::nullopt;
}

Result<Profile> ReadProfile(const std::string& path) {
  const auto entries = ReadEntries(path);
  if (!entries.value) return Result<Profile>::Failed(entries.problem);
  Profile profile;
  Problem problem = FindUnknown(*entries.value);
  if (!problem) problem = FindRepeated(*entries.value, {});
  if (!problem) problem = FindMissing(path, *entries.value);
  if (!problem) problem = OverrideProfile(profile, *entries.value);
  if (problem) return Result<Profile>::Failed(*problem);
  return Result<Profile>::Of(std::move(profile));
}

}  // namespace emulator
