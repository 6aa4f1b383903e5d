"""The kernels of the JMH benchmarks in PyTorch, and the table of both.

    kernels.py measure OUT.json             times PyTorch in its default and in its channels-last layout
    kernels.py table JMH.json [OUT.json]... prints the table; of several measurements the best counts

Medians of single calls in eager mode on as many threads as there are cores, 64 images, no autograd for
the forward passes; gradients are timed as the backward operators that autograd calls.
"""

import itertools
import json
import os
import statistics
import sys
import time

SIZES = ["32x64", "16x128", "8x256"]
SPAN = 0.7


def median(call):
    for _ in range(3):
        call()
    times = []
    start = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < SPAN:
        before = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - before))
    return statistics.median(times)


def measure(out):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(os.cpu_count())
    results = {}

    def maps(side, channels, layout):
        return torch.randn(64, channels, side, side).contiguous(memory_format=layout)

    def convolution(kind, which, size, layout):
        side, c = map(int, size.split("x"))
        k = int(kind[-1])
        groups = c if kind.startswith("DEPTHWISE") else 1
        x = maps(side, c, layout)
        w = torch.randn(c, c // groups, k, k).contiguous(memory_format=layout)
        if which == "FORWARD":
            return lambda: F.conv2d(x, w, padding=k // 2, groups=groups)
        gy = maps(side, c, layout)
        mask = [which == "INPUT_GRADIENT", which == "WEIGHT_GRADIENT", False]
        return lambda: torch.ops.aten.convolution_backward(
            gy, x, w, None, [1, 1], [k // 2] * 2, [1, 1], False, [0, 0], groups, mask)

    def with_gradients(forward, leaves, gradients):
        if not gradients:
            def call():
                with torch.no_grad():
                    forward()
            return call
        for leaf in leaves:
            leaf.requires_grad_(True)
        with torch.no_grad():
            gy = torch.randn_like(forward())

        def both():
            torch.autograd.grad(forward(), leaves, gy)
        return both

    def batch_norm(gradients, size, layout):
        side, c = map(int, size.split("x"))
        x, w, b = maps(side, c, layout), torch.randn(c), torch.randn(c)
        return with_gradients(
            lambda: F.relu(F.batch_norm(x, None, None, w, b, True)), [x, w, b], gradients)

    def layer_norm(gradients, size, layout):
        side, c = map(int, size.split("x"))
        x, w, b = torch.randn(64, side * side, c), torch.randn(c), torch.randn(c)
        return with_gradients(lambda: F.layer_norm(x, (c,), w, b), [x, w, b], gradients)

    def pooling(kind, stride, gradients, size, layout):
        side, c = map(int, size.split("x"))
        x = maps(side, c, layout)
        if kind == "MAX":
            return with_gradients(lambda: F.max_pool2d(x, 3, stride, 1), [x], gradients)
        return with_gradients(
            lambda: F.avg_pool2d(x, 3, stride, 1, count_include_pad=False), [x], gradients)

    def product(size, layout):
        m, n, k = map(int, size.split("x"))
        a, b = torch.randn(m, k), torch.randn(n, k)
        return lambda: a @ b.t()

    def run(benchmark, make, layouts, **choices):
        for values in itertools.product(*choices.values()):
            params = dict(zip(choices, values))
            for name, layout in layouts:
                results[key(benchmark, params) + " " + name] = median(make(*values, layout))

    both = [("default", torch.contiguous_format), ("channels-last", torch.channels_last)]
    one = both[:1]
    passes = ["FORWARD", "INPUT_GRADIENT", "WEIGHT_GRADIENT"]
    kinds = ["DENSE_3X3", "DENSE_1X1", "DEPTHWISE_3X3", "DEPTHWISE_5X5"]
    run("ConvolutionBenchmark", convolution, both, kind=kinds, which=passes, size=SIZES)
    run("BatchNormBenchmark", batch_norm, both, gradients=[False, True], size=SIZES)
    run("LayerNormBenchmark", layer_norm, one, gradients=[False, True], size=SIZES)
    run("PoolingBenchmark", pooling, both,
        kind=["MAX", "AVERAGE"], stride=[1, 2], gradients=[False, True], size=SIZES)
    run("MatrixBenchmark", product, one, size=["256x256x256", "1024x1024x1024", "65536x64x576"])
    with open(out, "w") as file:
        json.dump(results, file, indent=1)


def key(benchmark, params):
    """One text for the parameters of JMH and of this script, whose names differ in one."""
    values = sorted((("pass" if k == "which" else k), str(v).lower()) for k, v in params.items())
    return benchmark + " " + " ".join(f"{k}={v}" for k, v in values)


def table(jmh, others):
    torch = {}
    for path in others:
        for name, value in json.load(open(path)).items():
            torch[name] = min(value, torch.get(name, value))
    print("| kernel | Netloom, ms | PyTorch default, ms | channels-last, ms | better / Netloom |")
    print("|---|---|---|---|---|")
    for result in json.load(open(jmh)):
        benchmark = result["benchmark"].split(".")[-2]
        params = {k: v for k, v in result["params"].items() if k != "threads"}
        name = key(benchmark, params)
        ours = statistics.median(result["primaryMetric"]["rawData"][0])
        theirs = [torch.get(name + " " + layout) for layout in ("default", "channels-last")]
        known = [t for t in theirs if t is not None]
        cells = [f"{t:.2f}" if t is not None else "" for t in theirs]
        ratio = f"{min(known) / ours:.2f}" if known else ""
        label = benchmark.replace("Benchmark", "") + " " + ", ".join(
            f"{v}".lower() if k != "gradients" else ("with gradients" if v == "true" else "forward")
            for k, v in params.items())
        print(f"| {label} | {ours:.2f} | {cells[0]} | {cells[1]} | {ratio} |")


if __name__ == "__main__":
    if sys.argv[1] == "measure":
        measure(sys.argv[2])
    else:
        table(sys.argv[2], sys.argv[3:])
