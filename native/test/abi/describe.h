// Types in words that do not depend on how a header spells them, so that two headers which cannot
// be included together can be compared.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// Names of functions and constants, each with its type or value.
using Table = std::vector<std::pair<std::string, std::string>>;

/// As cuda_abi.h has them.
Table OurTable();
/// As the toolkit's cuda.h has them; empty where there is none.
Table ToolkitTable();

template <typename T, typename = void>
constexpr bool kComplete = false;
template <typename T>
constexpr bool kComplete<T, std::void_t<decltype(sizeof(T))>> = true;

/// Such as "u64", "enum32", "*const void", "*opaque", "*struct16".
template <typename T>
std::string Describe() {
  if constexpr (std::is_pointer_v<T>) return "*" + Describe<std::remove_pointer_t<T>>();
  if constexpr (std::is_const_v<T>) return "const " + Describe<std::remove_const_t<T>>();
  if constexpr (std::is_void_v<T>) return "void";
  if constexpr (std::is_class_v<T> && !kComplete<T>) return "opaque";
  if constexpr (kComplete<T> && !std::is_pointer_v<T>) {
    const std::string bits = std::to_string(sizeof(T) * 8);
    if constexpr (std::is_class_v<T>) return "struct" + bits;
    if constexpr (std::is_enum_v<T>) return "enum" + bits;
    if constexpr (std::is_floating_point_v<T>) return "float" + bits;
    return (std::is_signed_v<T> ? "i" : "u") + bits;
  }
}

template <typename Function>
struct Signature;
template <typename Result, typename... Arguments>
struct Signature<Result (*)(Arguments...)> {
  static std::string Text() {
    std::string text = Describe<Result>() + " (";
    ((text += Describe<Arguments>() + ", "), ...);
    return text + ")";
  }
};

#define DESCRIBE_FUNCTION(name) {#name, Signature<decltype(&::name)>::Text()},
#define DESCRIBE_CONSTANT(name) {#name, std::to_string(static_cast<long>(::name))},
/// The whole table, for a file that has included one of the two headers.
#define DESCRIBE_ALL                                                   \
  Table {                                                              \
    CUDA_FUNCTIONS(DESCRIBE_FUNCTION)                                  \
    CUDA_RESULTS(DESCRIBE_CONSTANT) CUDA_ATTRIBUTES(DESCRIBE_CONSTANT) \
        CUDA_LOADING_MODES(DESCRIBE_CONSTANT)                          \
  }
