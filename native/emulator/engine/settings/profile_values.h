#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/mps_server.h"
#include "emulator/engine/settings/profile.h"

namespace emulator {

// One for each type that a member of Profile or Settings has: sets it from text, or says what the
// text is not, as the rest of a sentence ("is not a whole number").
Problem SetValue(std::string& member, std::string_view text);
Problem SetValue(std::uint64_t& member, std::string_view text);
Problem SetValue(bool& member, std::string_view text);
Problem SetValue(double& member, std::string_view text);
Problem SetValue(Rate& member, std::string_view text);
Problem SetValue(Ratio& member, std::string_view text);
Problem SetValue(ComputeCapability& member, std::string_view text);
Problem SetValue(std::optional<std::uint64_t>& member, std::string_view text);
Problem SetValue(ComputeMode& member, std::string_view text);
Problem SetValue(PersistenceMode& member, std::string_view text);
Problem SetValue(MigMode& member, std::string_view text);
Problem SetValue(MpsAnswer& member, std::string_view text);
Problem SetValue(PageRetirement& member, std::string_view text);
Problem SetValue(RowRemapping& member, std::string_view text);
Problem SetValue(MpsServer& member, std::string_view text);
Problem SetValue(ModuleLoading& member, std::string_view text);

}  // namespace emulator
