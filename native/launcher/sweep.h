// What the instances leave behind.
#pragma once

#include "launcher/instances.h"
#include "launcher/lane.h"
#include "launcher/surroundings.h"

/// Kills and reaps every process that descends from the instances, whether or not it stayed in
/// their group: without a parent it has become a child of the launcher. Gives up on one that
/// cannot be killed after some seconds, and says so on standard error.
void Sweep(Instances& instances, Lane& lane, const Signals& signals);
