#!/usr/bin/env python3
"""One cold start of PyTorch, timed as the time experiment of StreamBox times it.

Prints a line of JSON with its three numbers in seconds, under its names, and what it leaves out of
them: the imports, the check for a GPU (which calls cuInit, so that the context initialization after it
does not), and building the model. One thing is not as there: the weights are random, since the
experiment's are downloaded. Needs PyTorch with CUDA, and torchvision.
"""

import json
import sys
import time


def timed(work):
    """The seconds that `work` took, and what it gave."""
    began = time.monotonic()
    result = work()
    return time.monotonic() - began, result


def import_both():
    import torch
    from torchvision import models

    return torch, models


def main():
    import_seconds, (torch, models) = timed(import_both)

    def until_done(work):
        def both():
            work()
            torch.cuda.synchronize()

        return timed(both)[0]

    check_seconds, available = timed(torch.cuda.is_available)
    if not available:
        sys.exit("no GPU is available")
    device = torch.device("cuda")
    context_seconds = until_done(torch.cuda.init)
    tensor_seconds = until_done(lambda: torch.randn(1, device=device))
    build_seconds, model = timed(lambda: models.resnet50(weights=None))
    load_seconds = until_done(lambda: model.to(device))
    figures = {
        "context_initialization": context_seconds,
        "tensor1_allocation": tensor_seconds,
        "model_load": load_seconds,
        "left_out_import": import_seconds,
        "left_out_check": check_seconds,
        "left_out_build": build_seconds,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
