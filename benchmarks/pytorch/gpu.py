"""Times PyTorch on a GPU on the tasks of benchmarks/opencl that it has, too.

    gpu.py FOLDER [PART...]

FOLDER has the modules that the Java side has written; only tasks with a PART in their name are timed.
Prints the GPU's name, then lines "task<tab>milliseconds": medians of all calls of two seconds after a
warm-up, eager mode, default layout and number format, the GPU waited for after every call.
"""

import glob
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

from tasks import load

BATCH = 64
IMAGES = 1000
CANDIDATES = 20
SPAN = 2.0


def median(call):
    start = time.perf_counter()
    while time.perf_counter() - start < SPAN / 2:
        call()
        torch.cuda.synchronize()
    times = []
    start = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - start < SPAN:
        before = time.perf_counter()
        call()
        torch.cuda.synchronize()
        times.append(1e3 * (time.perf_counter() - before))
    return statistics.median(times)


def products():
    for m, n, k in [(256, 256, 256), (1024, 1024, 1024), (65536, 64, 576)]:
        a, b = torch.randn(m, k), torch.randn(n, k)
        yield f"product {m}\u00d7{n}\u00d7{k}", lambda a=a, b=b: a @ b.t()


def convolutions():
    cases = [(f"convolution {k}\u00d7{k}, {c} channels", c, k, 1) for c in (16, 64) for k in (3, 1)]
    for name, c, k, groups in cases + [("depthwise 3\u00d73", 64, 3, 64)]:
        x, gy = torch.randn(BATCH, c, 32, 32), torch.randn(BATCH, c, 32, 32)
        w = torch.randn(c, c // groups, k, k)

        def forward(x=x, w=w, k=k, groups=groups):
            F.conv2d(x, w, padding=k // 2, groups=groups)

        def gradient(which, gy=gy, x=x, w=w, k=k, groups=groups):
            torch.ops.aten.convolution_backward(
                gy, x, w, None, [1, 1], [k // 2] * 2, [1, 1], False, [0, 0], groups,
                [which == 0, which == 1, False])

        yield name + ", forward", forward
        yield name + ", \u2202x", lambda gradient=gradient: gradient(0)
        yield name + ", \u2202w", lambda gradient=gradient: gradient(1)


def networks(folder):
    candidates = sorted(glob.glob(os.path.join(folder, "candidates", "*.py")))
    fixed = sorted(glob.glob(os.path.join(folder, "networks", "*.py")))
    images = torch.randn(BATCH, 3, 32, 32)
    labels = torch.arange(BATCH) % 10
    for path in candidates[:1] + fixed:
        network = load(path)
        name = "quick-start candidate" if path in candidates else os.path.basename(path)[:-3]

        def forward(network=network):
            with torch.no_grad():
                network(images)

        def gradients(network=network):
            network.zero_grad(set_to_none=True)
            F.cross_entropy(network(images), labels).backward()

        yield name + ", forward", forward
        yield name + ", gradients", gradients
    scored = [load(path) for path in candidates[:CANDIDATES]]
    batches = torch.randn(IMAGES, 3, 32, 32).split(BATCH)

    def scoring():
        with torch.no_grad():
            for network in scored:
                for batch in batches:
                    network(batch)

    yield f"scoring of {CANDIDATES} candidates", scoring


if __name__ == "__main__":
    print(torch.cuda.get_device_name())
    torch.set_default_tensor_type(torch.cuda.FloatTensor)
    parts = sys.argv[2:]
    with torch.no_grad():
        kernels = [*products(), *convolutions()]
    for task, call in [*kernels, *networks(sys.argv[1])]:
        if not parts or any(part in task for part in parts):
            print(f"{task}\t{median(call):.2f}", flush=True)
