// Types in words that do not depend on how a header spells them, so that two headers which cannot
// be included together can be compared.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

/// Functions and constants, each with its type or value: "cuInit enum32 (u32, )".
using Table = std::vector<std::string>;

/// As cuda_abi.h has them.
Table OurTable();
/// As the toolkit's cuda.h has them; empty where there is none.
Table ToolkitTable();

template <typename T, typename = void>
struct IsComplete : std::false_type {};
template <typename T>
struct IsComplete<T, std::void_t<decltype(sizeof(T))>> : std::true_type {};

/// A kind and a number of bits, such as "u64" or "struct128".
template <typename T>
std::string DescribeValue() {
  const std::string bits = std::to_string(sizeof(T) * 8);
  if constexpr (std::is_class_v<T>) return "struct" + bits;
  if constexpr (std::is_enum_v<T>) return "enum" + bits;
  if constexpr (std::is_floating_point_v<T>) return "float" + bits;
  return (std::is_signed_v<T> ? "i" : "u") + bits;
}

/// Such as "u64", "enum32", "*const void", "*opaque", "*struct128".
template <typename T>
std::string Describe() {
  if constexpr (std::is_pointer_v<T>) {
    return "*" + Describe<std::remove_pointer_t<T>>();
  } else if constexpr (std::is_const_v<T>) {
    return "const " + Describe<std::remove_const_t<T>>();
  } else if constexpr (std::is_void_v<T>) {
    return "void";
  } else if constexpr (!IsComplete<T>::value) {
    return "opaque";
  } else {
    return DescribeValue<T>();
  }
}

template <typename Result, typename... Arguments>
std::string DescribeFunction(const char* name, Result (*)(Arguments...)) {
  std::string text = name;
  text += " " + Describe<Result>() + " (";
  ((text += Describe<Arguments>() + ", "), ...);
  return text + ")";
}

#define PUSH_FUNCTION(name) \
  table.push_back(DescribeFunction(#name, static_cast<decltype(&::name)>(nullptr)));
#define PUSH_CONSTANT(name) table.push_back(#name " " + std::to_string(static_cast<long>(::name)));
