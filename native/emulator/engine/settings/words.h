#pragma once

#include <string_view>
#include <vector>

#include "emulator/engine/result.h"
#include "emulator/engine/settings/parse.h"

namespace emulator {

/// A key inside a value (`fault = call=cuInit code=999`), and what sets it: an explanation in the
/// form "is not a whole number" when the text is wrong.
template <typename Subject>
struct Field {
  std::string_view name;
  Problem (*set)(Subject& subject, std::string_view text);
};

template <typename Subject, typename Fields>
Problem SetField(Subject& subject, const Fields& fields, const Assignment& assignment) {
  const std::string key(assignment.key);
  for (const auto& field : fields) {
    if (field.name != assignment.key) continue;
    const Problem problem = field.set(subject, assignment.value);
    if (!problem) return std::nullopt;
    return "has " + key + "=" + std::string(assignment.value) + ", which " + *problem;
  }
  return "has " + key + ", which is unknown";
}

/// Sets the fields of `subject` from `name=text` words. A word that is no field is a problem, and
/// so is a field that comes twice.
template <typename Subject, typename Fields>
Problem SetFields(Subject& subject, const Fields& fields, std::string_view words) {
  std::vector<std::string_view> seen;
  for (const std::string_view word : WordsOf(words)) {
    const auto assignment = ParseAssignment(word);
    if (!assignment) return "has \"" + std::string(word) + "\", which is not of the form key=value";
    for (const auto name : seen) {
      if (name == assignment->key) return "has " + std::string(name) + " twice";
    }
    seen.push_back(assignment->key);
    if (Problem problem = SetField(subject, fields, *assignment)) return problem;
  }
  return std::nullopt;
}

}  // namespace emulator
