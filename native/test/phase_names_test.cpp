#include "common/phase_names.h"

#include <string>

#include "test/check.h"

namespace {

std::string Joined(const std::string& list) {
  std::string joined;
  const PhaseNames names(list.c_str());
  for (const char* const name : names) joined += std::string(name) + ' ';
  return joined;
}

void AListIsItsNames() {
  CHECK_TEXT(Joined("context"), "context ");
  CHECK_TEXT(Joined("context,load_module,k2"), "context load_module k2 ");
  const PhaseNames names("context,first_kernel");
  CHECK_TEXT(names.First(), "context");
  CHECK_TEXT(names.Last(), "first_kernel");
  CHECK(names.Has("first_kernel"));
  CHECK(!names.Has("first"));
  CHECK(names.HasAll(PhaseNames("first_kernel,context")));
  CHECK(!names.HasAll(PhaseNames("context,init")));
}

void WhatIsNoListIsEmpty() {
  for (const char* const list : {"", ",", "context,", ",context", "a,,b", "Context", "a b", "a-b"})
    CHECK(PhaseNames(list).IsEmpty());
  CHECK(!PhaseNames(std::string(64, 'x').c_str()).IsEmpty());
  CHECK(PhaseNames(std::string(65, 'x').c_str()).IsEmpty());
  std::string many = "a";
  for (int more = 1; more < 32; ++more) many += ",a";
  CHECK(!PhaseNames(many.c_str()).IsEmpty());
  CHECK(PhaseNames((many + ",a").c_str()).IsEmpty());
  CHECK(PhaseNames(std::string(2000, 'x').c_str()).IsEmpty());
}

}  // namespace

int main() {
  AListIsItsNames();
  WhatIsNoListIsEmpty();
  return Failures();
}
