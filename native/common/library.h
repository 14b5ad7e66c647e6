// Shared libraries that are loaded when asked for, and the functions in them.
#pragma once

#include <optional>

#include "common/cancellation.h"
#include "common/failure.h"

/// A library loaded by dlopen. It is never closed: drivers leave threads and exit handlers behind,
/// and the end of the process is the end a GPU function has too.
class Library {
 public:
  /// `file` is a path, or a name for the loader to find.
  std::optional<Failure> Open(const char* file);
  /// Null where the library has no such symbol, or is not open.
  void* Find(const char* symbol) const;
  /// The file that the loader took; empty before Open.
  [[nodiscard]] const char* Path() const;

 private:
  void* handle_ = nullptr;
};

template <typename Owner, typename Function>
class Entry;

/// A function of a library that knows its name, so that a call is all that a caller writes: the
/// owner explains an error, and SIGTERM is looked for after every success.
template <typename Owner, typename Code, typename... Arguments>
class Entry<Owner, Code (*)(Arguments...)> {
 public:
  Entry(const Owner& owner, const char* name) : owner_(owner), name_(name) {}

  std::optional<Failure> operator()(Arguments... arguments) const {
    const Code code = function_(arguments...);
    if (code != Code{}) return owner_.Explain(name_, code);
    if (Cancelled()) return Cancellation();
    return std::nullopt;
  }
  /// For calls whose errors are answers, and calls that give back.
  [[nodiscard]] Code Raw(Arguments... arguments) const { return function_(arguments...); }

  /// Whether the library has it.
  explicit operator bool() const { return function_ != nullptr; }
  [[nodiscard]] const char* Name() const { return name_; }
  void Bind(const Library& library, const char* symbol) {
    function_ = reinterpret_cast<Code (*)(Arguments...)>(library.Find(symbol));
  }

 private:
  const Owner& owner_;
  const char* name_;
  Code (*function_)(Arguments...) = nullptr;
};

/// Keeps the name of the first entry that its library lacks.
template <typename Entry>
void NoteMissing(const Entry& entry, const char*& missing) {
  if (!entry && missing == nullptr) missing = entry.Name();
}
