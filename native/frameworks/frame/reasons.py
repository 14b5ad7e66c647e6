"""What a framework raises, as a reason of the protocol's closed list.

No framework tells the driver's code as a number: it stands in the text, by its name or by the
sentence that the CUDA runtime has for it. native/common/reasons.cpp has the same reasons by code.
"""

import re

from frame.failure import Failure

_CODE = re.compile(r"CUDA_ERROR_[A-Z0-9_]*[A-Z0-9]")

# The first that is found in the text, whatever its case.
_SIGNS = (
    ("CUDA_ERROR_OUT_OF_MEMORY", "oom"),
    ("RESOURCE_EXHAUSTED", "oom"),
    ("STATUS_ALLOC_FAILED", "oom"),
    ("CUDA_ERROR_MPS_MAX_CLIENTS_REACHED", "mps_full"),
    ("CUDA_ERROR_MPS_MAX_CONNECTIONS_REACHED", "mps_full"),
    ("resources required to create mps client have been exhausted", "mps_full"),
    ("resources required to support device connections have been exhausted", "mps_full"),
    ("CUDA_ERROR_MPS", "mps_unavailable"),
    ("mps client failed to connect", "mps_unavailable"),
    ("mps server", "mps_unavailable"),
    ("CUDA_ERROR_DEVICE_UNAVAILABLE", "exclusive"),
    ("busy or unavailable", "exclusive"),
    ("CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE", "driver_mismatch"),
    ("CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "driver_mismatch"),
    ("CUDA_ERROR_SYSTEM_NOT_READY", "system_not_ready"),
    ("system not yet initialized", "system_not_ready"),
    ("driver version is insufficient", "driver_too_old"),
    ("driver on your system is too old", "driver_too_old"),
    ("found no nvidia driver", "no_driver"),
    ("no cuda gpus are available", "no_device"),
    ("CUDA_ERROR_NO_DEVICE", "no_device"),
    ("no cuda-capable device is detected", "no_device"),
    ("CUDA_ERROR_INVALID_DEVICE", "no_device"),
    ("invalid device ordinal", "no_device"),
    ("not compiled with cuda enabled", "no_device"),
    ("uncorrectable ecc", "ecc"),
    ("CUDA_ERROR_ECC_UNCORRECTABLE", "ecc"),
    ("no kernel image is available", "ptx_jit"),
    ("CUDA_ERROR_NO_BINARY_FOR_GPU", "ptx_jit"),
    ("CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "driver_too_old"),
    ("CUDA_ERROR_ILLEGAL_ADDRESS", "launch_failed"),
    ("illegal memory access", "launch_failed"),
    ("CUDA_ERROR_LAUNCH", "launch_failed"),
    ("launch failure", "launch_failed"),
    ("the launch timed out", "launch_failed"),
    ("out of memory", "oom"),
)


def to_failure(error):
    """Whatever was raised, as a Failure."""
    if isinstance(error, Failure):
        return error
    text = "%s: %s" % (type(error).__name__, error)
    code = _CODE.search(text)
    return Failure(_reason_in(text.lower()), text, code=code and code.group())


def _reason_in(text):
    return next((reason for sign, reason in _SIGNS if sign.lower() in text), "unknown")
