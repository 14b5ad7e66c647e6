// The slope of a line through points.
#pragma once

#include <cstddef>
#include <optional>

/// By how much the values grow from one to the next: the slope of the line that fits them best, by
/// least squares. Two are needed.
std::optional<double> Slope(const double* values, std::size_t count);
