"""The device, by the driver's own word: a framework counts devices and does not know their UUIDs.

libcuda is loaded by the framework when this is used. Asked on no phase's time.
"""

import ctypes

from frame.failure import Failure, skipped

_COMPUTE_MODE = 20
_MPS_ENABLED = 133
_EXCLUSIVE_PROCESS = 3


class Gpu:
    """The driver, once cuInit was called."""

    def __init__(self):
        try:
            self._cuda = ctypes.CDLL("libcuda.so.1")
        except OSError as error:
            raise Failure("no_library", str(error)) from error
        self._call("cuInit", 0)

    def find(self, options):
        """The ordinal of the device that is asked for, which may be used as it is asked for."""
        count = self._read("cuDeviceGetCount")
        for ordinal in range(count):
            device = self._read("cuDeviceGet", ordinal)
            if self._uuid(device) == options.device:
                self._check_compute_mode(device, options.mps)
                return ordinal
        raise Failure("no_device", "%s is not among the %d devices seen" % (options.device, count))

    def check_mps(self, ordinal, wanted):
        """Whether MPS took us in as it is wanted."""
        enabled = self._attribute(_MPS_ENABLED, self._read("cuDeviceGet", ordinal))
        if enabled and not wanted:
            raise Failure("mps_unexpected", "an MPS daemon took us in")
        if wanted and enabled is None:
            raise skipped("not_supported", "the driver does not tell whether MPS took us in")
        if wanted and not enabled:
            raise Failure("mps_unavailable", "no MPS daemon took us in")

    def _check_compute_mode(self, device, mps):
        mode = self._attribute(_COMPUTE_MODE, device)
        if not mode or (mode == _EXCLUSIVE_PROCESS and mps):
            return
        name = "exclusive" if mode == _EXCLUSIVE_PROCESS else "prohibited"
        raise skipped("compute_mode", "the compute mode is %s" % name)

    def _uuid(self, device):
        found = ctypes.create_string_buffer(16)
        self._call("cuDeviceGetUuid", found, device)
        text = found.raw.hex()
        return "-".join(["GPU", text[:8], text[8:12], text[12:16], text[16:20], text[20:]])

    def _attribute(self, attribute, device):
        """None where the driver does not know it."""
        value = ctypes.c_int()
        code = self._cuda.cuDeviceGetAttribute(ctypes.byref(value), attribute, device)
        return value.value if code == 0 else None

    def _read(self, name, *arguments):
        value = ctypes.c_int()
        self._call(name, ctypes.byref(value), *arguments)
        return value.value

    def _call(self, name, *arguments):
        code = getattr(self._cuda, name)(*arguments)
        if code != 0:
            raise Failure("unknown", "%s returned %d" % (name, code))
