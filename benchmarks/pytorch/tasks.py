"""Times PyTorch on the modules that the Java side of benchmarks/compare has written.

    tasks.py FOLDER TASK...

TASK is forward, training or scoring. Prints lines "task,network,milliseconds": medians of all calls
of 2.5 seconds after as long a warm-up, eager mode, default layout, as many threads as cores.
"""

import glob
import importlib.util
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

BATCH = 64
IMAGES = 1000
SPAN = 2.5


def load(path):
    """The module's network: batch norms use batch statistics, dropout is off."""
    spec = importlib.util.spec_from_file_location("module", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    network = module.Network()
    network.eval()
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.train()
            part.track_running_stats = False
            part.running_mean = None
            part.running_var = None
    return network


def median(call, least=3):
    start = time.perf_counter()
    while True:
        call()
        if time.perf_counter() - start >= SPAN:
            break
    times = []
    start = time.perf_counter()
    while len(times) < least or time.perf_counter() - start < SPAN:
        before = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - before))
    return statistics.median(times)


def report(task, network, milliseconds):
    print(f"{task},{network},{milliseconds:.3f}", flush=True)


def networks(folder, task):
    images = torch.randn(BATCH, 3, 32, 32)
    labels = torch.arange(BATCH) % 10
    for path in sorted(glob.glob(os.path.join(folder, "networks", "*.py"))):
        network = load(path)

        def forward():
            with torch.no_grad():
                network(images)

        def training():
            network.zero_grad(set_to_none=True)
            F.cross_entropy(network(images), labels).backward()

        call = forward if task == "forward" else training
        report(task, os.path.basename(path)[:-3], median(call))


def scoring(folder):
    images = torch.randn(IMAGES, 3, 32, 32)
    candidates = [load(p) for p in sorted(glob.glob(os.path.join(folder, "candidates", "*.py")))]

    def call():
        with torch.no_grad():
            for network in candidates:
                for batch in images.split(BATCH):
                    network(batch)

    report("scoring", f"{len(candidates)} candidates", median(call, 1))


if __name__ == "__main__":
    torch.set_num_threads(os.cpu_count())
    for task in sys.argv[2:]:
        scoring(sys.argv[1]) if task == "scoring" else networks(sys.argv[1], task)
