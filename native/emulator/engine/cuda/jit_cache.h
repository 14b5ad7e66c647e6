#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emulator {

/// The compiled modules that a driver keeps in files. As in the real one, a directory that cannot
/// be written makes no error, only no cache.
class JitCache {
 public:
  /// In CUDA_CACHE_PATH, else in $HOME/.nv/ComputeCache; off with CUDA_CACHE_DISABLE=1 and where
  /// there is no place for it.
  static JitCache FromEnvironment();

  explicit JitCache(std::optional<std::string> directory) : directory_(std::move(directory)) {}

  /// Whether a module of this key was kept before.
  [[nodiscard]] bool Has(std::string_view key) const;

  void Keep(std::string_view key) const;

 private:
  [[nodiscard]] std::string FileOf(std::string_view key) const;

  std::optional<std::string> directory_;
};

}  // namespace emulator
