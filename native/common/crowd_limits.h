// What keeps another instance from being started.
#pragma once

/// A device's memory before a start, in bytes.
struct Room {
  double total;
  double free;
  double floor;   // is to stay free, whatever else holds
  double member;  // the most that an instance has taken so far
};

/// Whether enough is still free when another instance has taken its part: the floor, a tenth of
/// the device, and twice what an instance takes.
bool HasRoom(const Room& room);

/// The limit that an instance met which failed for `reason`: memory, mps_clients or exclusive_mode;
/// null where that is no limit but a failure.
const char* LimitOf(const char* reason);
