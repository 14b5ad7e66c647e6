#include "emulator/engine/settings/fault.h"

#include <array>
#include <csignal>

#include "emulator/engine/settings/call_names.h"
#include "emulator/engine/settings/profile_values.h"
#include "emulator/engine/settings/words.h"

namespace emulator {
namespace {

Problem SetCall(Fault& fault, std::string_view text) {
  if (!IsCallName(text)) return "is not a call of these libraries";
  fault.call = text;
  return std::nullopt;
}

Problem SetScope(Fault& fault, std::string_view text) {
  if (text != "process" && text != "host") return "is not one of process host";
  fault.scope = text == "host" ? Fault::Scope::kHost : Fault::Scope::kProcess;
  return std::nullopt;
}

Problem SetSignal(Fault& fault, std::string_view text) {
  const Problem problem = SetValue(fault.signal, text);
  if (problem || fault.signal == 0 || fault.signal >= NSIG) return "is not a signal's number";
  return std::nullopt;
}

Problem SetCode(Fault& fault, std::string_view text) {
  fault.code = ParseCount(text);
  if (!fault.code) return "is not a whole number";
  return std::nullopt;
}

template <auto Member>
Problem SetMember(Fault& fault, std::string_view text) {
  return SetValue(fault.*Member, text);
}

constexpr std::array kFields = {
    Field<Fault>{"call", SetCall},
    Field<Fault>{"nth", SetMember<&Fault::nth>},
    Field<Fault>{"scope", SetScope},
    Field<Fault>{"slow_seconds", SetMember<&Fault::slow_seconds>},
    Field<Fault>{"signal", SetSignal},
    Field<Fault>{"hang", SetMember<&Fault::hang>},
    Field<Fault>{"code", SetCode},
    Field<Fault>{"corrupt", SetMember<&Fault::corrupt>},
};

bool DoesNothing(const Fault& fault) {
  return !fault.code && !fault.hang && fault.signal == 0 && fault.slow_seconds == 0 &&
         !fault.corrupt;
}

bool IsCopy(std::string_view call) {
  constexpr std::string_view kCopies = "cuMemcpy";
  return call.substr(0, kCopies.size()) == kCopies;
}

}  // namespace

Result<Fault> ParseFault(std::string_view text) {
  Fault fault;
  if (Problem problem = SetFields(fault, kFields, text)) return Result<Fault>::Failed(*problem);
  if (fault.call.empty()) return Result<Fault>::Failed("has no call");
  if (DoesNothing(fault)) {
    return Result<Fault>::Failed("has none of code, hang, slow_seconds, signal and corrupt");
  }
  if (fault.corrupt && !IsCopy(fault.call))
    return Result<Fault>::Failed("corrupts what is no copy");
  fault.text = text;
  return Result<Fault>::Of(std::move(fault));
}

}  // namespace emulator
