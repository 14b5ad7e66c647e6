// Who holds the memory of one device, and what nobody is known to hold.
//
// What NVML lists and what a device has in use belong to one moment; the processes are looked at a
// little later. One that has ended in between is none that holds memory: it is neither counted nor
// told, and in no sum of what others hold. But it held, at that moment, a part of what was in use,
// so its bytes are not among those that no process accounts for. A process that NVML lists while
// there is none of its PID, and goes on to list, has not ended: it is hidden in a PID namespace
// that is not ours. Whose it is cannot be told, so its bytes are among those.
#pragma once

#include <cstdint>
#include <optional>

#include "common/array.h"
#include "common/process_facts.h"
#include "common/process_list.h"

/// A process that NVML listed for a device, and what was found of it.
struct Holding {
  ListedProcess process;
  const ProcessFacts* facts;
  bool persists;  // listed again after there was none of its PID
};

/// The holdings of one device, added up.
class MemoryAccount {
 public:
  /// `listed_at` is when NVML listed them, in ticks: what started later is not what was listed.
  MemoryAccount(const Holding* begin, const Holding* end, unsigned long long listed_at);

  /// How many there are, our own left out.
  [[nodiscard]] unsigned Processes(Client client) const {
    return processes_[static_cast<unsigned>(client)];
  }
  /// Those of them whose bytes are known, the largest first.
  [[nodiscard]] const Array<Holding>& Largest() const { return largest_; }
  /// What those beyond the first `limit` of them hold.
  [[nodiscard]] double Overflow(std::size_t limit) const;
  /// What our own processes hold, if that is known of each.
  [[nodiscard]] std::optional<double> Own() const { return own_; }
  /// What is left of `used` without what processes hold; absent where either is not known.
  [[nodiscard]] std::optional<double> Unattributed(std::optional<double> used) const;
  /// Whether a process was hidden from us.
  [[nodiscard]] bool HasHidden() const { return hidden_; }

 private:
  void Add(const Holding& holding, unsigned long long listed_at);
  void AddLiving(const Holding& holding);

  unsigned processes_[3] = {};
  Array<Holding> largest_;
  std::optional<double> own_ = 0;
  std::optional<double> held_ = 0;
  bool hidden_ = false;
};
