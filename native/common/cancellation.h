// How a probe is asked to end. SIGTERM in the middle of a driver call is as rough on the driver as
// SIGKILL, and that has frozen GPUs: so it is blocked, and looked for between calls.
#pragma once

#include "common/clock.h"
#include "common/failure.h"

/// Blocks SIGTERM, ignores SIGPIPE, and asks for SIGTERM when the parent dies.
void HoldSignals();

/// Whether SIGTERM has come.
bool Cancelled();
/// To poll: readable when SIGTERM has come. Not to be read, for Cancelled() would forget it.
int CancellationDescriptor();

/// Waits so long, or until SIGTERM comes.
void Rest(Nanoseconds time);

/// What a cancelled probe reports.
Failure Cancellation();
