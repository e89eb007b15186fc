/** Batch normalisation over the whole batch of all processes, as src-worker/layers/batch-norm.ts has it. */
export const BATCH_NORM = `
class BatchNorm(nn.Module):
    """Mean and variance over the batch of all processes; the running variance divides by n, where PyTorch's has n - 1."""

    def __init__(self, of):
        super().__init__()
        self.weight, self.bias = of.weight, of.bias
        self.register_buffer("running_mean", of.running_mean)
        self.register_buffer("running_var", of.running_var)
        self.eps, self.decay = of.eps, 1 - of.momentum

    def forward(self, x):
        shape = [1, -1] + [1] * (x.dim() - 2)
        if self.training:
            axes = [axis for axis in range(x.dim()) if axis != 1]
            n = together(torch.tensor([float(x.numel() // x.shape[1])], device=x.device))
            mean = together(x.sum(axes)) / n
            variance = together(((x - mean.reshape(shape)) ** 2).sum(axes)) / n
            if n > 1:
                with torch.no_grad():
                    self.running_mean.mul_(self.decay).add_(mean, alpha=1 - self.decay)
                    self.running_var.mul_(self.decay).add_(variance, alpha=1 - self.decay)
        else:
            mean, variance = self.running_mean, self.running_var
        x_hat = (x - mean.reshape(shape)) / torch.sqrt(variance.reshape(shape) + self.eps)
        return self.weight.reshape(shape) * x_hat + self.bias.reshape(shape)


def together(values):
    """The sum over all processes, through which gradients flow back."""
    return torch.distributed.nn.functional.all_reduce(values) if dist.get_world_size() > 1 else values


def shared(network):
    """The network with batch normalisation that all processes share."""
    for name, module in list(network.named_children()):
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            setattr(network, name, BatchNorm(module))
    return network

`;
