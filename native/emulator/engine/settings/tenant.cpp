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

template <auto Member>
Problem SetMember(Tenant& tenant, std::string_view text) {
  return SetValue(tenant.*Member, text);
}

constexpr std::array kFields = {
    Field<Tenant>{"gpu", SetMember<&Tenant::gpu>},
    Field<Tenant>{"pid", SetMember<&Tenant::pid>},
    Field<Tenant>{"type", SetType},
    Field<Tenant>{"bytes", SetMember<&Tenant::bytes>},
    Field<Tenant>{"name", SetMember<&Tenant::name>},
};

}  // namespace

Result<Tenant> ParseTenant(std::string_view text) {
  Tenant tenant;
  if (Problem problem = SetFields(tenant, kFields, text)) return Result<Tenant>::Failed(*problem);
  if (tenant.pid == 0) return Result<Tenant>::Failed("has no pid");
  if (tenant.bytes == 0) return Result<Tenant>::Failed("has no bytes");
  return Result<Tenant>::Of(std::move(tenant));
}

}  // namespace emulator
