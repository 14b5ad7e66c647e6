#include "emulator/engine/settings/mig.h"

#include <array>

#include "emulator/engine/settings/profile_values.h"
#include "emulator/engine/settings/words.h"

namespace emulator {
namespace {

template <auto Member>
Problem SetMember(MigInstance& instance, std::string_view text) {
  return SetValue(instance.*Member, text);
}

constexpr std::array kFields = {
    Field<MigInstance>{"gpu", SetMember<&MigInstance::gpu>},
    Field<MigInstance>{"gi", SetMember<&MigInstance::gpu_instance>},
    Field<MigInstance>{"ci", SetMember<&MigInstance::compute_instance>},
    Field<MigInstance>{"bytes", SetMember<&MigInstance::bytes>},
};

}  // namespace

Result<MigInstance> ParseMig(std::string_view text) {
  using Parsed = Result<MigInstance>;
  MigInstance instance;
  if (Problem problem = SetFields(instance, kFields, text)) return Parsed::Failed(*problem);
  if (instance.bytes == 0) return Parsed::Failed("has no bytes");
  return Parsed::Of(instance);
}

}  // namespace emulator
