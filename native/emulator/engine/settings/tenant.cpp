#include "emulator/engine/settings/tenant.h"

#include <array>

#include "emulator/engine/settings/profile_values.h"
#include "emulator/engine/settings/words.h"

namespace emulator {
namespace {

Problem SetType(Tenant& tenant, std::string_view text) {
  if (text != "compute" && text != "graphics") return "is not one of compute graphics";
  tenant.type = text == "compute" ? Tenant::Type::kCompute : Tenant::Type::kGraphics;
  return std::nullopt;
}

Problem SetMemory(Tenant& tenant, std::string_view text) {
  if (text != "available" && text != "not_available")
    return "is not one of available not_available";
  tenant.is_memory_available = text == "available";
  return std::nullopt;
}

template <auto Member>
Problem SetMember(Tenant& tenant, std::string_view text) {
  return SetValue(tenant.*Member, text);
}

constexpr std::array kFields = {
    Field<Tenant>{"gpu", SetMember<&Tenant::gpu>},
    Field<Tenant>{"gi", SetMember<&Tenant::gpu_instance>},
    Field<Tenant>{"ci", SetMember<&Tenant::compute_instance>},
    Field<Tenant>{"pid", SetMember<&Tenant::pid>},
    Field<Tenant>{"type", SetType},
    Field<Tenant>{"bytes", SetMember<&Tenant::bytes>},
    Field<Tenant>{"memory", SetMemory},
    Field<Tenant>{"hidden", SetMember<&Tenant::is_hidden>},
    Field<Tenant>{"mps", SetMember<&Tenant::is_mps>},
    Field<Tenant>{"name", SetMember<&Tenant::name>},
};

}  // namespace

Result<Tenant> ParseTenant(std::string_view text) {
  Tenant tenant;
  if (Problem problem = SetFields(tenant, kFields, text)) return Result<Tenant>::Failed(*problem);
  if (tenant.pid == 0) return Result<Tenant>::Failed("has no pid");
  if (tenant.bytes == 0) return Result<Tenant>::Failed("has no bytes");
  const bool halfway = tenant.gpu_instance.has_value() != tenant.compute_instance.has_value();
  if (halfway) return Result<Tenant>::Failed("has one of gi and ci, and not the other");
  const bool graphics = tenant.type == Tenant::Type::kGraphics;
  if (graphics && tenant.is_mps)
    return Result<Tenant>::Failed("has mps=true, which is for compute");
  return Result<Tenant>::Of(std::move(tenant));
}

}  // namespace emulator
