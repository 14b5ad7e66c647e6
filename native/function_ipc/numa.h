// Which memory of a host is near a GPU.
#pragma once

#include <cstddef>

/// The NUMA node of the PCI device `bus_id`, such as 0000:1B:00.0; -1 where the host does not tell.
/// `devices` is where it tells.
int ReadNode(const char* bus_id, const char* devices = "/sys/bus/pci/devices");

/// Asks that the pages of a mapping come from `node` while it has any. A negative node, and a
/// refusal, change nothing.
void PreferNode(void* memory, std::size_t bytes, int node);
