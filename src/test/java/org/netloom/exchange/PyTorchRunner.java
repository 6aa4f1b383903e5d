package org.netloom.exchange;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs exported modules with PyTorch, where a Python that has it is installed. */
final class PyTorchRunner {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3", "python");

  /** Loads every sub-folder's model and tensors, writes logits and tensor names to python.json. */
  private static final String SCRIPT =
      """
      import importlib.util, json, os, sys, torch
      from collections import OrderedDict
      torch.set_num_threads(1)
      root = sys.argv[1]
      for name in sorted(os.listdir(root)):
          file = lambda part: os.path.join(root, name, part)
          spec = importlib.util.spec_from_file_location("model", file("model.py"))
          module = importlib.util.module_from_spec(spec)
          spec.loader.exec_module(module)
          network = module.load(file("model.safetensors"))
          images = module.read_safetensors(file("images.safetensors"))["input"]
          with torch.no_grad():
              logits = network(images)
          published = None
          if os.path.exists(file("torchvision")):
              try:
                  import torchvision
                  given = {"num_classes": logits.shape[1]}
                  if name in ("googlenet", "inception_v3"):
                      given |= {"aux_logits": False, "init_weights": False}
                  if name == "vit_b_16":
                      given |= {"image_size": images.shape[-1]}
                  same = getattr(torchvision.models, name)(**given)
                  tensors = OrderedDict(module.read_safetensors(file("model.safetensors")))
                  for key, value in same.state_dict().items():
                      if key.endswith("relative_position_index"):  # a constant of Swin's windows
                          tensors[key] = value
                  # MNASNet asks for its version; a norm that has one asks for a batch count.
                  tensors._metadata = {"": same.state_dict()._metadata[""]}
                  same.load_state_dict(tensors)
                  with torch.no_grad():
                      published = same.eval()(images).tolist()
              except ImportError:
                  pass
          names = [k for k in network.state_dict() if not k.endswith("num_batches_tracked")]
          with open(file("python.json"), "w") as out:
              json.dump({"logits": logits.tolist(), "published": published, "tensors": names}, out)
      """;

  private PyTorchRunner() {}

  /** A Python that imports torch. */
  static Optional<String> find() {
    return PYTHONS.stream().filter(python -> succeeds(python, "-c", "import torch")).findFirst();
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void run(String python, Path folder) throws IOException, InterruptedException {
    File log = File.createTempFile("python", ".log");
    Process process =
        new ProcessBuilder(python, "-c", SCRIPT, folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = process.waitFor(15, TimeUnit.MINUTES);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError("Python failed: " + Files.readString(log.toPath()));
    }
    if (!log.delete()) {
      log.deleteOnExit();
    }
  }
}
