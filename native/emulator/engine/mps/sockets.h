#pragma once

#include <optional>
#include <string>

#include "emulator/engine/mps/descriptor.h"

// Sockets in MPS's pipe directory, and what is said on them: lines, and single letters.
namespace emulator {

/// Not the names that NVIDIA's programs use: a real daemon is never spoken to.
constexpr const char* kControlSocket = "emulated-control";
constexpr const char* kServerSocket = "emulated-server";

/// Listens on a socket of that name, which takes the place of one that is there; not open when that
/// fails. The path may be longer than the address of a socket.
Descriptor ListenIn(const std::string& directory, const char* name);

/// A connection to who listens there; not open when nobody does.
Descriptor ConnectTo(const std::string& directory, const char* name);

/// False when the other side is gone.
bool Send(const Descriptor& socket, const std::string& text);

/// The next line, without its end; nothing when the other side is gone before one is whole.
std::optional<std::string> ReceiveLine(const Descriptor& socket);

/// The next letter; nothing when the other side is gone.
std::optional<char> ReceiveLetter(const Descriptor& socket);

/// Whether the other side is gone, as far as is known now.
bool IsHungUp(const Descriptor& socket);

}  // namespace emulator
