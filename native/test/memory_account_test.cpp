#include "common/memory_account.h"

#include <initializer_list>

#include "test/check.h"

namespace {

constexpr unsigned long long kListedAt = 1000;

constexpr ProcessFacts Facts(Presence presence, bool own, unsigned long long start_time) {
  return {0, presence, own, start_time, "", 0};
}

constexpr ProcessFacts kLiving = Facts(Presence::kThere, false, kListedAt);
constexpr ProcessFacts kOwn = Facts(Presence::kThere, true, 1);
constexpr ProcessFacts kLater = Facts(Presence::kThere, false, kListedAt + 1);
constexpr ProcessFacts kHidden = Facts(Presence::kHidden, false, 0);
constexpr ProcessFacts kEnded = Facts(Presence::kEnded, false, 0);

Holding Holds(const ProcessFacts& facts, unsigned pid, std::optional<std::uint64_t> bytes) {
  return {{pid, Client::kCompute, bytes}, &facts, false};
}

MemoryAccount Account(std::initializer_list<Holding> holdings) {
  return {holdings.begin(), holdings.end(), kListedAt};
}

void HoldersAreCountedAndRanked() {
  Holding graphics = Holds(kLiving, 4, 20);
  graphics.process.client = Client::kGraphics;
  const MemoryAccount account =
      Account({Holds(kLiving, 3, 10), graphics, Holds(kLiving, 2, 20), Holds(kLiving, 1, 0)});
  CHECK(account.Processes(Client::kCompute) == 3);
  CHECK(account.Processes(Client::kGraphics) == 1);
  CHECK(account.Processes(Client::kMps) == 0);
  const unsigned order[] = {2, 4, 3, 1};
  CHECK(account.Largest().Size() == 4);
  for (std::size_t at = 0; at < 4; ++at) CHECK(account.Largest()[at].process.pid == order[at]);
  CHECK(account.Overflow(0) == 50);
  CHECK(account.Overflow(2) == 10);
  CHECK(account.Overflow(4) == 0);
  CHECK(account.Overflow(5) == 0);
  CHECK(account.Own() == 0.0);
  CHECK(account.Unattributed(70) == 20.0);
  CHECK(!account.HasHidden());
}

void NobodyHoldsNothing() {
  const MemoryAccount account = Account({});
  CHECK(account.Largest().Size() == 0);
  CHECK(account.Own() == 0.0);
  CHECK(account.Unattributed(5) == 5.0);
}

void OurOwnAreASumAndNoProcesses() {
  const MemoryAccount account = Account({Holds(kOwn, 1, 7), Holds(kOwn, 2, 8)});
  CHECK(account.Processes(Client::kCompute) == 0);
  CHECK(account.Largest().Size() == 0);
  CHECK(account.Own() == 15.0);
  CHECK(account.Unattributed(20) == 5.0);
}

void WhatIsNotKnownIsCountedAndSpoilsTheRest() {
  const MemoryAccount account = Account({Holds(kLiving, 1, std::nullopt), Holds(kLiving, 2, 5)});
  CHECK(account.Processes(Client::kCompute) == 2);
  CHECK(account.Largest().Size() == 1);
  CHECK(!account.Unattributed(70));
  CHECK(account.Own() == 0.0);
  CHECK(!Account({Holds(kOwn, 1, std::nullopt)}).Own());
  CHECK(!Account({}).Unattributed(std::nullopt));
}

void UnattributedIsNeverNegative() {
  CHECK(Account({Holds(kLiving, 1, 6)}).Unattributed(5) == 0.0);
}

/// What was in use when it was listed is accounted for, and held by none that still runs.
void TheEndedHoldNothingAndLeaveNothingUnattributed() {
  for (const ProcessFacts& gone : {kEnded, kLater}) {
    const MemoryAccount account = Account({Holds(gone, 1, 30), Holds(kLiving, 2, 5)});
    CHECK(account.Processes(Client::kCompute) == 1);
    CHECK(account.Largest().Size() == 1);
    CHECK(account.Overflow(0) == 5);
    CHECK(account.Unattributed(40) == 5.0);
    CHECK(!account.HasHidden());
  }
  CHECK(!Account({Holds(kEnded, 1, std::nullopt)}).Unattributed(40));
}

/// Who it is that NVML lists on and on, nobody here can tell.
void OneThatIsNowhereIsHiddenAndUnattributed() {
  Holding nowhere = Holds(kEnded, 1, 30);
  nowhere.persists = true;
  const MemoryAccount account = Account({nowhere});
  CHECK(account.HasHidden());
  CHECK(account.Processes(Client::kCompute) == 0);
  CHECK(account.Unattributed(40) == 40.0);
}

void OneThatRunsAndIsNotShownIsHiddenAndCounted() {
  const MemoryAccount account = Account({Holds(kHidden, 1, 30)});
  CHECK(account.HasHidden());
  CHECK(account.Processes(Client::kCompute) == 1);
  CHECK(account.Largest().Size() == 1);
  CHECK(account.Unattributed(40) == 10.0);
}

}  // namespace

int main() {
  HoldersAreCountedAndRanked();
  NobodyHoldsNothing();
  OurOwnAreASumAndNoProcesses();
  WhatIsNotKnownIsCountedAndSpoilsTheRest();
  UnattributedIsNeverNegative();
  TheEndedHoldNothingAndLeaveNothingUnattributed();
  OneThatIsNowhereIsHiddenAndUnattributed();
  OneThatRunsAndIsNotShownIsHiddenAndCounted();
  return Failures();
}
