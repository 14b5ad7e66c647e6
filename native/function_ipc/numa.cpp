#include "function_ipc/numa.h"

#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

namespace {

constexpr int kMostNodes = 64;

char ToLower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// The kernel writes the letters of a bus id small, the driver does not.
void PrintPath(char (&path)[256], const char* devices, const char* bus_id) {
  const int length = std::snprintf(path, sizeof path, "%s/", devices);
  (void)std::snprintf(path + length, sizeof path - static_cast<std::size_t>(length),
                      "%.16s/numa_node", bus_id);
  for (char* at = path + length; *at != '\0'; ++at) *at = ToLower(*at);
}

}  // namespace

int ReadNode(const char* bus_id, const char* devices) {
  char path[256];
  int node = -1;
  PrintPath(path, devices, bus_id);
  std::FILE* const file = std::fopen(path, "re");
  if (file == nullptr) return -1;
  if (std::fscanf(file, "%d", &node) != 1) node = -1;
  (void)std::fclose(file);
  return node;
}

void PreferNode(void* memory, std::size_t bytes, int node) {
  if (node < 0 || node >= kMostNodes) return;
  const unsigned long nodes = 1UL << static_cast<unsigned>(node);
  syscall(SYS_mbind, memory, bytes, MPOL_PREFERRED, &nodes, kMostNodes + 1, 0);
}
