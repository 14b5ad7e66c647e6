#include "common/memory_account.h"

#include <algorithm>

namespace {

/// One that is not known makes the sum unknown.
void AddTo(std::optional<double>& sum, const std::optional<std::uint64_t>& bytes) {
  if (sum && bytes) {
    *sum += static_cast<double>(*bytes);
  } else {
    sum.reset();
  }
}

bool IsLarger(const Holding& holding, const Holding& other) {
  const auto bytes = holding.process.bytes.value_or(0);
  const auto others = other.process.bytes.value_or(0);
  return bytes != others ? bytes > others : holding.process.pid < other.process.pid;
}

}  // namespace

MemoryAccount::MemoryAccount(const Holding* begin, const Holding* end,
                             unsigned long long listed_at) {
  for (const Holding* holding = begin; holding != end; ++holding) Add(*holding, listed_at);
  std::sort(largest_.begin(), largest_.end(), IsLarger);
}

double MemoryAccount::Overflow(std::size_t limit) const {
  double bytes = 0;
  for (std::size_t at = limit; at < largest_.Size(); ++at)
    bytes += static_cast<double>(largest_[at].process.bytes.value_or(0));
  return bytes;
}

std::optional<double> MemoryAccount::Unattributed(std::optional<double> used) const {
  if (!used || !held_) return std::nullopt;
  return std::max(0.0, *used - *held_);
}

void MemoryAccount::Add(const Holding& holding, unsigned long long listed_at) {
  const ProcessFacts& facts = *holding.facts;
  const bool ended = facts.presence == Presence::kEnded || facts.start_time > listed_at;
  if (facts.presence == Presence::kHidden || holding.persists) hidden_ = true;
  if (holding.persists) return;
  AddTo(held_, holding.process.bytes);
  if (!ended) AddLiving(holding);
}

void MemoryAccount::AddLiving(const Holding& holding) {
  if (holding.facts->own) return AddTo(own_, holding.process.bytes);
  ++processes_[static_cast<unsigned>(holding.process.client)];
  if (holding.process.bytes) largest_.Append(holding);
}
