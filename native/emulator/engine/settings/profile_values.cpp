#include "emulator/engine/settings/profile_values.h"

#include <algorithm>
#include <vector>

#include "emulator/engine/settings/parse.h"

namespace emulator {
namespace {

using Words = std::vector<std::string_view>;

std::string NotOneOf(const Words& words) {
  std::string text = "is not one of";
  for (const auto word : words) text.append(" ").append(word);
  return text;
}

/// `words` are those for the values of the enumeration, in its order.
template <typename Value>
Problem SetWord(Value& member, std::string_view text, const Words& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) return NotOneOf(words);
  member = static_cast<Value>(found - words.begin());
  return std::nullopt;
}

}  // namespace

Problem SetValue(std::string& member, std::string_view text) {
  if (text.empty()) return "is empty";
  member = text;
  return std::nullopt;
}

Problem SetValue(std::uint64_t& member, std::string_view text) {
  const auto count = ParseCount(text);
  if (!count) return "is not a whole number";
  member = *count;
  return std::nullopt;
}

Problem SetValue(bool& member, std::string_view text) {
  return SetWord(member, text, {"false", "true"});
}

Problem SetValue(double& member, std::string_view text) {
  const auto amount = ParseAmount(text);
  if (!amount) return "is not a number, 0 or more";
  member = *amount;
  return std::nullopt;
}

Problem SetValue(Rate& member, std::string_view text) {
  const auto amount = ParseAmount(text);
  if (!amount || *amount == 0) return "is not a number, more than 0";
  member.bytes_per_second = *amount;
  return std::nullopt;
}

Problem SetValue(Ratio& member, std::string_view text) {
  const auto amount = ParseAmount(text);
  if (!amount || *amount > 1) return "is not a number from 0 to 1";
  member.value = *amount;
  return std::nullopt;
}

Problem SetValue(ComputeCapability& member, std::string_view text) {
  const std::size_t dot = std::min(text.find('.'), text.size());
  const auto major = ParseCount(text.substr(0, dot));
  const auto minor = ParseCount(text.substr(std::min(dot + 1, text.size())));
  if (!major || !minor || *major > 99 || *minor > 9) return "is not of the form 9.0";
  member = {static_cast<int>(*major), static_cast<int>(*minor)};
  return std::nullopt;
}

Problem SetValue(std::optional<std::uint64_t>& member, std::string_view text) {
  member = ParseCount(text);
  if (!member && text != "unsupported") return "is neither a whole number nor unsupported";
  return std::nullopt;
}

Problem SetValue(ComputeMode& member, std::string_view text) {
  return SetWord(member, text, {"default", "exclusive_thread", "prohibited", "exclusive_process"});
}

Problem SetValue(PersistenceMode& member, std::string_view text) {
  return SetWord(member, text, {"disabled", "enabled"});
}

Problem SetValue(MigMode& member, std::string_view text) {
  return SetWord(member, text, {"disabled", "enabled", "unsupported"});
}

Problem SetValue(MpsAnswer& member, std::string_view text) {
  return SetWord(member, text, {"no", "yes", "unsupported"});
}

Problem SetValue(PageRetirement& member, std::string_view text) {
  return SetWord(member, text, {"none", "pending", "unsupported"});
}

Problem SetValue(RowRemapping& member, std::string_view text) {
  return SetWord(member, text, {"none", "pending", "failed", "unsupported"});
}

Problem SetValue(MpsServer& member, std::string_view text) {
  return SetWord(
      member, text,
      {"sound", "dies_at_start", "hangs_at_start", "dies_after_context", "outlives_daemon"});
}

Problem SetValue(ModuleLoading& member, std::string_view text) {
  return SetWord(member, text, {"eager", "lazy"});
}

}  // namespace emulator
