#include "function_ipc/numa.h"

#include <fcntl.h>
#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

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

/// What the file begins with; empty where it cannot be read. No stdio, which asks for memory.
void ReadText(const char* path, char (&text)[16]) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t length = file < 0 ? 0 : read(file, text, sizeof text - 1);
  if (file >= 0) close(file);
  text[std::max<ssize_t>(length, 0)] = '\0';
}

}  // namespace

int ReadNode(const char* bus_id, const char* devices) {
  char path[256];
  char text[16];
  char* end = nullptr;
  PrintPath(path, devices, bus_id);
  ReadText(path, text);
  const long node = std::strtol(text, &end, 10);
  return end == text ? -1 : static_cast<int>(node);
}

void PreferNode(void* memory, std::size_t bytes, int node) {
  if (node < 0 || node >= kMostNodes) return;
  const unsigned long nodes = 1UL << static_cast<unsigned>(node);
  syscall(SYS_mbind, memory, bytes, MPOL_PREFERRED, &nodes, kMostNodes + 1, 0);
}
