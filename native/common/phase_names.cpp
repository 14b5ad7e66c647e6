#include "common/phase_names.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace {

constexpr char kCharacters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

/// How long the name is that `text` begins with; 0 unless a comma or the end follows it.
std::size_t NameLength(const char* text) {
  constexpr std::size_t kLongest = 64;
  const std::size_t length = std::strspn(text, kCharacters);
  const bool whole = text[length] == ',' || text[length] == '\0';
  return whole && length <= kLongest ? length : 0;
}

}  // namespace

PhaseNames::PhaseNames(const char* list) {
  if (std::strlen(list) >= sizeof text_) return;
  (void)std::snprintf(text_, sizeof text_, "%s", list);
  std::size_t found = 0;
  for (char* at = text_; found < kMost; ++at) {
    const std::size_t length = NameLength(at);
    if (length == 0) return;
    names_[found++] = at;
    at += length;
    if (*at == '\0') {
      count_ = found;
      return;
    }
    *at = '\0';
  }
}

bool PhaseNames::Has(const char* name) const {
  return std::any_of(begin(), end(), [&](const char* own) { return std::strcmp(own, name) == 0; });
}

bool PhaseNames::HasAll(const PhaseNames& others) const {
  return std::all_of(others.begin(), others.end(), [&](const char* name) { return Has(name); });
}
