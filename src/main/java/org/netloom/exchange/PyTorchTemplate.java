package org.netloom.exchange;

/** The parts of a Python module that are the same for every network. */
final class PyTorchTemplate {
  /** Arguments: title, channels, height, width, classes. */
  static final String HEAD =
      """
      \"""%1$s

      Made by Netloom. Needs torch alone (and reads with safetensors where that is installed):

          network = load("model.safetensors")   # ready for inference
          logits = network(images)              # [batch, %2$d, %3$d, %4$d] to [batch, %5$d]

      Tensors have the names of model.safetensors and of model.onnx. In evaluation mode batch norms
      use their running statistics, and the logits are those of model.onnx.
      \"""

      import json
      import os
      import sys

      import torch
      import torch.nn.functional as F
      from torch import nn


      class Network(nn.Module):
          \"""Images [batch, %2$d, %3$d, %4$d] to logits [batch, %5$d].\"""

          def __init__(self):
              super().__init__()
      """;

  static final String ACCESS =
      """

          def add(self, name, layer):
              \"""Adds a layer or a tensor under a dotted name, with empty modules on the way.\"""
              holder = self
              *path, last = name.split(".")
              for part in path:
                  if part not in holder._modules:
                      holder.add_module(part, nn.Module())
                  holder = holder._modules[part]
              if isinstance(layer, nn.Parameter):
                  holder.register_parameter(last, layer)
              else:
                  holder.add_module(last, layer)

          def __getitem__(self, name):
              return self.get_submodule(name)
      """;

  static final String LEARNED =
      """


      class Learned(nn.Module):
          \"""A learned map, the same for every image.\"""

          def __init__(self, *shape):
              super().__init__()
              self.weight = nn.Parameter(torch.zeros(shape))

          def forward(self):
              return self.weight
      """;

  static final String POSITIONWISE =
      """


      def positionwise(layer, x):
          \"""Applies a layer to the channels of each position of a map.\"""
          return layer(x.movedim(1, -1)).movedim(-1, 1)
      """;

  static final String ATTENTION =
      """


      def attention(qkv, heads):
          \"""Self-attention of positions; queries, keys and values are thirds of the channels.\"""
          batch, channels, height, width = qkv.shape
          split = qkv.reshape(batch, 3, heads, channels // (3 * heads), height * width)
          queries, keys, values = split.unbind(1)
          scores = queries.transpose(-1, -2) @ keys / queries.shape[-2] ** 0.5
          mixed = values @ torch.softmax(scores, -1).transpose(-1, -2)
          return mixed.reshape(batch, channels // 3, height, width)
      """;

  static final String WINDOW_ATTENTION =
      """


      def window_attention(qkv, table, window, down, right):
          \"""Self-attention in windows that begin some rows down and columns to the right.

          table holds a bias for each offset of query and key, and each head, as a map.
          \"""
          batch, channels, height, width = qkv.shape
          heads = table.shape[1]
          size = channels // (3 * heads)
          rows, columns = height // window, width // window
          x = torch.roll(qkv, (-down, -right), (2, 3))
          x = x.reshape(batch, 3, heads, size, rows, window, columns, window)
          x = x.permute(1, 0, 4, 6, 2, 5, 7, 3)
          x = x.reshape(3, batch, rows * columns, heads, window * window, size)
          queries, keys, values = x.unbind(0)
          row = torch.arange(window, device=x.device).repeat_interleave(window)
          column = torch.arange(window, device=x.device).repeat(window)
          offset = (row[:, None] - row + window - 1) * (2 * window - 1)
          offset = offset + column[:, None] - column + window - 1
          bias = table[0, :, :, 0][:, offset]
          scores = queries @ keys.transpose(-1, -2) / size**0.5 + bias
          # what the shift brought together from opposite ends of the map ignores each other
          low = torch.arange(height, device=x.device) >= height - down
          far = torch.arange(width, device=x.device) >= width - right
          region = 2 * low.long()[:, None] + far.long()
          region = region.reshape(rows, window, columns, window).transpose(1, 2)
          region = region.reshape(rows * columns, 1, window * window)
          scores = scores.masked_fill(region[..., None] != region[..., None, :], -100.0)
          x = torch.softmax(scores, -1) @ values
          x = x.reshape(batch, rows, columns, heads, window, window, size)
          x = x.permute(0, 3, 6, 1, 4, 2, 5).reshape(batch, channels // 3, height, width)
          return torch.roll(x, (down, right), (2, 3))
      """;

  static final String PREPEND =
      """


      def prepend(token, x):
          \"""The positions of a map as one column, after a learned one.\"""
          first = token.flatten(2).expand(len(x), -1, -1)
          return torch.cat([first, x.flatten(2)], 2).unsqueeze(-1)
      """;

  static final String STOCHASTIC_DEPTH =
      """


      def stochastic_depth(x, probability, training):
          \"""While training, zeroes whole images at random and scales the others.\"""
          if not training:
              return x
          kept = torch.rand(len(x), 1, 1, 1, device=x.device) >= probability
          return x * kept / (1 - probability)
      """;

  /** Arguments: channels, height, width. */
  static final String LOAD =
      """


      def load(path):
          \"""The network with the tensors of a safetensors file, in evaluation mode.\"""
          network = Network()
          network.load_state_dict(read_safetensors(path))
          return network.eval()


      def read_safetensors(path):
          \"""Names and tensors of a file of 32-bit floats.\"""
          try:
              from safetensors.torch import load_file
          except ImportError:
              pass
          else:
              return load_file(path)
          with open(path, "rb") as file:
              data = bytearray(file.read())
          size = int.from_bytes(data[:8], "little")
          tensors = {}
          for name, entry in json.loads(data[8 : 8 + size]).items():
              if name == "__metadata__":
                  continue
              if entry["dtype"] != "F32":
                  raise ValueError(f"{name}: dtype {entry['dtype']}, but only F32 is read")
              begin, end = entry["data_offsets"]
              values = torch.frombuffer(
                  data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + size + begin
              )
              tensors[name] = values.reshape(entry["shape"])
          return tensors


      if __name__ == "__main__":
          here = os.path.dirname(os.path.abspath(__file__))
          given = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "model.safetensors")
          net = load(given)
          print(sum(p.numel() for p in net.parameters()), "parameters")
          with torch.no_grad():
              print("logits", tuple(net(torch.zeros(1, %1$d, %2$d, %3$d)).shape))
      """;

  private PyTorchTemplate() {}
}
